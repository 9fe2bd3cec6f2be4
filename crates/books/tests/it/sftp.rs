//! Statement files by SFTP, to a real OpenSSH server that the test starts on this machine for itself alone.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::desk::{Engine, held};
use crate::outgoing::{files, with};
use crate::provider::MEUSE;

const IBAN: &str = "BE68539007547034";
const SERVER: &str = "/usr/sbin/sshd";

/// A server with one key of its own that lets one key in.
struct Server {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn key(path: &Path) -> (String, String) {
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(path).status();
    assert!(made.expect("ssh-keygen is needed for this test; ./test installs it").success());
    let public = std::fs::read_to_string(path.with_extension("pub")).unwrap();
    (std::fs::read_to_string(path).unwrap(), public.trim().to_owned())
}

impl Server {
    /// Starts it; answers it with the private key that it lets in and its own public key.
    fn start(name: &str) -> (Server, String, String) {
        let folder = std::env::temp_dir().join(format!("books-sftp-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let (_, host_key) = key(&folder.join("host"));
        let (private, public) = key(&folder.join("user"));
        std::fs::write(folder.join("allowed"), public).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let here = folder.display();
        let settings = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {here}/host\nAuthorizedKeysFile {here}/allowed\n\
             PasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no\nStrictModes no\nPidFile none\n\
             Subsystem sftp internal-sftp\n"
        );
        std::fs::write(folder.join("settings"), settings).unwrap();
        // A server that runs as root insists on this folder.
        let _ = std::fs::create_dir_all("/run/sshd");
        let child = Command::new(SERVER)
            .args(["-D", "-e", "-f"])
            .arg(folder.join("settings"))
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{SERVER} is needed for this test ({error}); ./test installs it"));
        let server = Server { child, folder, port };
        for _ in 0..500 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return (server, private, host_key);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the server does not listen");
    }
}

fn login() -> String {
    String::from_utf8(Command::new("id").arg("-un").output().unwrap().stdout).unwrap().trim().to_owned()
}

#[tokio::test]
async fn files_reach_a_real_server_whole_and_once() {
    let (server, private, host_key) = Server::start("reach");
    let desk = with(&Engine::Sqlite, held(1, MEUSE, IBAN, 40)).await;
    let (port, login) = (server.port.to_string(), login());
    let there = server.folder.join("in/statements");
    let directory = there.display().to_string();
    // A browser's field has one line: the line ends of the key are gone.
    let one_line = private.replace('\n', "");
    let settings = [
        ("host", "127.0.0.1"),
        ("port", port.as_str()),
        ("login", login.as_str()),
        ("key", one_line.as_str()),
        ("host_key", host_key.as_str()),
        ("directory", directory.as_str()),
        ("every", "month"),
    ];
    let page = desk.add_target("sftp", &settings).await;
    assert!(files(&there).is_empty() && there.is_dir(), "trying it out leaves nothing but the folder");
    desk.deliver().await;
    let written = files(&there);
    assert_eq!(written.len(), 2, "{:?}: {}", written.keys(), desk.get(&page).await.body);
    for bytes in written.values() {
        let file = formats::read_all(bytes).unwrap();
        assert_eq!(file.summary.statements[0].proof, domain::Proof::Proven);
    }
    let hidden = files(&desk.files());
    assert!(hidden.is_empty(), "no key is left on the disk: {:?}", hidden.keys());

    // Another target with the same lines: one file is there already, one name is taken.
    let second = there.join(written.keys().last().unwrap());
    std::fs::write(&second, b"mine").unwrap();
    let mut again = settings.to_vec();
    again.push(("name", "again"));
    let page = desk.add_target("sftp", &again).await;
    desk.deliver().await;
    let shown = desk.get(&page).await.body;
    assert!(shown.contains("20 lines delivered") && shown.contains("holds something else"), "{shown}");
    assert_eq!(std::fs::read(&second).unwrap(), b"mine");
}

#[tokio::test]
async fn a_server_that_is_not_the_right_one_gets_nothing() {
    let (server, private, host_key) = Server::start("wrong");
    let (_, other_key) = key(&server.folder.join("other"));
    let stranger = std::fs::read_to_string(server.folder.join("other")).unwrap();
    let desk = with(&Engine::Sqlite, held(1, MEUSE, IBAN, 4)).await;
    let (port, login) = (server.port.to_string(), login());
    for (host, key, host_key, said) in [
        ("127.0.0.1", &private, &other_key, "No connection to the server came about"),
        ("127.0.0.1", &stranger, &host_key, "No connection to the server came about"),
        ("127.0.0.1", &"secret".to_owned(), &host_key, "A setting cannot be used"),
        ("10.0.0.1", &private, &host_key, "cannot be reached"),
    ] {
        let fields = [
            ("system", "sftp"),
            ("name", "x"),
            ("host", host),
            ("port", port.as_str()),
            ("login", login.as_str()),
            ("key", key.as_str()),
            ("host_key", host_key.as_str()),
        ];
        let answer = desk.post("/targets", &fields).await;
        assert!(answer.status.is_success() && answer.body.contains(said), "{host} {host_key}: {}", answer.body);
        assert!(!answer.body.contains("PRIVATE KEY"), "a key is never shown");
    }
    for login in ["-oProxyCommand=x", "a b", "x;y"] {
        let fields = [
            ("system", "sftp"),
            ("name", "x"),
            ("host", "127.0.0.1"),
            ("port", port.as_str()),
            ("login", login),
            ("key", private.as_str()),
            ("host_key", host_key.as_str()),
        ];
        assert!(desk.post("/targets", &fields).await.body.contains("A setting cannot be used"), "{login}");
    }
}
