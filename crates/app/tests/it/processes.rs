use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of a test's own that is removed with it.
pub struct Folder(PathBuf);

static FOLDERS: AtomicU32 = AtomicU32::new(0);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("passerelle-{name}-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in a temporary folder disturbs nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// So many ports that are free now.
pub fn free_ports<const N: usize>() -> [u16; N] {
    let held: [TcpListener; N] = std::array::from_fn(|_| TcpListener::bind("127.0.0.1:0").unwrap());
    held.map(|listener| listener.local_addr().unwrap().port())
}

/// A party as a process of its own.
pub struct Party {
    arguments: Vec<String>,
    child: Child,
}

impl Party {
    pub fn start(arguments: Vec<String>) -> Party {
        let child = spawn(&arguments);
        Party { arguments, child }
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends it as a power cut would, and starts it again.
    pub fn kill_and_restart(&mut self) {
        self.kill();
        self.child = spawn(&self.arguments);
    }
}

impl Drop for Party {
    fn drop(&mut self) {
        // A child that is gone already needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(arguments: &[String]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_passerelle"))
        .args(arguments)
        .args(["--log-level", "error"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}
