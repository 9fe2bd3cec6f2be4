//! Mail: written with its cause, handed over once, into a folder or to a server.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::MailId;
use hub::mail::{self, Attachment, Letter, NOBODY, Security, SmtpServer, Way};
use hub::store::mail::{Mail, MailState};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use crate::testing::TestHub;

impl TestHub {
    /// Does all work that is due.
    pub async fn work(&self) {
        while self.hub.work_once().await.unwrap() {}
    }

    /// The messages that were sent to an address, the oldest first, as a mail program shows them.
    pub async fn mailbox(&self, address: &str) -> Vec<String> {
        self.work().await;
        let Way::Folder(folder) = &self.hub.settings.mail.way else { panic!("this hub sends to a server") };
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let all = files.iter().map(|file| browser::mail::read(&std::fs::read_to_string(file).unwrap()));
        all.filter(|mail| mail.to == address).map(|mail| mail.text).collect()
    }

    /// The link in the newest message to an address.
    pub async fn newest_link(&self, address: &str, words: &str) -> String {
        let received = self.mailbox(address).await;
        let text = received.last().unwrap_or_else(|| panic!("no mail to {address}"));
        let link = text.split_whitespace().find(|word| word.starts_with("http") && word.contains(words));
        link.unwrap_or_else(|| panic!("no link to {words} in {text}")).to_owned()
    }

    async fn post(&self, key: &str, letter: &Letter) -> bool {
        let hub = &self.hub;
        let posted: Result<bool, db::DbError> =
            db::write!(hub.db, tx => { mail::post(&mut tx, hub, NOBODY, key, letter).await });
        posted.unwrap()
    }

    async fn newest_mail(&self) -> Mail {
        let mut tx = self.hub.db.read().await.unwrap();
        hub::store::mail::recent(&mut tx, NOBODY, 1).await.unwrap().remove(0)
    }
}

fn letter() -> Letter {
    Letter::new("anaïs@example.com", "Votre accès\r\nBcc: all@example.com")
        .text("Bonjour, voici 1 500 € et une ligne qui est nettement plus longue que les soixante-seize caractères d'une ligne.")
        .link("Ouvrir", "https://hub.example/x?a=1&b=2")
}

#[tokio::test]
async fn a_letter_becomes_one_file_whatever_is_written_twice() {
    let test = TestHub::open().await;
    assert!(test.post("hello", &letter()).await);
    assert!(!test.post("hello", &letter()).await, "the same key is the same letter");
    let received = test.mailbox("anaïs@example.com").await;
    assert_eq!(received.len(), 1);
    assert!(received[0].contains("voici 1 500 € et une ligne"), "{}", received[0]);
    assert!(received[0].contains("Ouvrir\nhttps://hub.example/x?a=1&b=2\n"), "{}", received[0]);
    let kept = test.newest_mail().await;
    assert_eq!((kept.state, kept.sealed_message), (MailState::Sent, None), "what was sent is forgotten");
    let Way::Folder(folder) = &test.hub.settings.mail.way else { panic!() };
    let raw = std::fs::read_to_string(folder.join(format!("{}.eml", kept.id))).unwrap();
    assert!(!raw.contains("\nBcc:"), "a subject cannot begin another header: {raw}");
}

#[tokio::test]
async fn what_is_waiting_cannot_be_read_in_the_database() {
    let test = TestHub::open().await;
    test.post("hello", &letter()).await;
    let kept = test.newest_mail().await;
    let sealed = kept.sealed_message.unwrap();
    assert!(sealed.starts_with("v1.") && !sealed.contains("hub.example"), "{sealed}");
}

#[tokio::test]
async fn an_attachment_and_an_impossible_address() {
    let test = TestHub::open().await;
    let file = Attachment { name: "invoice.pdf".into(), media_type: "application/pdf".into(), content: vec![7; 500] };
    test.post("with", &Letter::new("ana@example.com", "Invoice").text("Here.").attach(file)).await;
    assert!(test.mailbox("ana@example.com").await[0].contains("Here."));
    test.clock.advance_seconds(1);
    test.post("without", &Letter::new("not an address", "Hello").text("Here.")).await;
    assert_eq!(test.newest_mail().await.state, MailState::Failed);
}

/// A mail server that takes what it is told to take, and counts.
struct Server {
    port: u16,
    connections: Arc<AtomicUsize>,
    messages: Arc<AtomicUsize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Takes,
    Busy,
    Refuses,
    /// Hangs up after the message without a word.
    HangsUp,
}

impl Server {
    async fn start(manners: &'static [Manner]) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (connections, messages) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (counted, taken) = (connections.clone(), messages.clone());
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let number = counted.fetch_add(1, Ordering::SeqCst);
                let manner = manners[number.min(manners.len() - 1)];
                let (read, mut write) = stream.into_split();
                let mut lines = BufReader::new(read).lines();
                write.write_all(b"220 mail.test\r\n").await.unwrap();
                let mut inside = false;
                while let Ok(Some(line)) = lines.next_line().await {
                    if inside && line != "." {
                        continue;
                    }
                    let answer = if inside {
                        inside = false;
                        taken.fetch_add(1, Ordering::SeqCst);
                        if manner == Manner::HangsUp {
                            break;
                        }
                        "250 taken\r\n"
                    } else if line.starts_with("MAIL") && manner == Manner::Busy {
                        "451 later\r\n"
                    } else if line.starts_with("RCPT") && manner == Manner::Refuses {
                        "550 nobody here\r\n"
                    } else if line == "DATA" {
                        inside = true;
                        "354 go on\r\n"
                    } else {
                        "250 SMTPUTF8\r\n"
                    };
                    if write.write_all(answer.as_bytes()).await.is_err() {
                        break;
                    }
                }
            }
        });
        Server { port, connections, messages }
    }

    async fn hub(&self, security: Security) -> TestHub {
        let server = SmtpServer { host: "127.0.0.1".into(), port: self.port, security, login: None };
        let door = Arc::new(outbound::InProcess::new());
        TestHub::open_with(door, |settings| {
            settings.mail.sender = "Hub <hub@example.org>".into();
            settings.mail.way = Way::Smtp(server);
        })
        .await
    }
}

#[tokio::test]
async fn a_busy_server_is_tried_again_and_then_has_it_once() {
    let server = Server::start(&[Manner::Busy, Manner::Takes]).await;
    let test = server.hub(Security::Loopback).await;
    test.post("hello", &Letter::new("ana@example.com", "Hello").text("Here.")).await;
    test.work().await;
    assert_eq!(test.newest_mail().await.state, MailState::Waiting);
    test.clock.advance_seconds(61);
    test.work().await;
    assert_eq!(test.newest_mail().await.state, MailState::Sent);
    test.clock.advance_seconds(86_400);
    test.work().await;
    assert_eq!(server.messages.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_refusal_is_final_and_an_unanswered_message_is_never_repeated() {
    for (manner, state) in [(&[Manner::Refuses], MailState::Failed), (&[Manner::HangsUp], MailState::Uncertain)] {
        let server = Server::start(manner).await;
        let test = server.hub(Security::Loopback).await;
        test.post("hello", &Letter::new("ana@example.com", "Hello").text("Here.")).await;
        test.work().await;
        test.clock.advance_seconds(86_400);
        test.work().await;
        let kept = test.newest_mail().await;
        assert_eq!((kept.state, kept.sealed_message), (state, None), "{:?}", kept.problem);
        assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn a_process_that_died_while_sending_leaves_it_uncertain() {
    let server = Server::start(&[Manner::Takes]).await;
    let test = server.hub(Security::Loopback).await;
    test.post("hello", &Letter::new("ana@example.com", "Hello").text("Here.")).await;
    let sending = Mail { state: MailState::Sending, ..test.newest_mail().await };
    let hub = &test.hub;
    let written: Result<(), db::DbError> =
        db::write!(hub.db, tx => { hub::store::mail::stand(&mut tx, &sending).await });
    written.unwrap();
    test.work().await;
    assert_eq!(test.newest_mail().await.state, MailState::Uncertain);
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_server_without_encryption_gets_nothing() {
    let server = Server::start(&[Manner::Takes]).await;
    let test = server.hub(Security::StartTls).await;
    test.post("hello", &Letter::new("ana@example.com", "Hello").text("Here.")).await;
    test.work().await;
    let kept = test.newest_mail().await;
    assert_eq!(kept.state, MailState::Waiting);
    assert!(kept.problem.unwrap().contains("STARTTLS"));
    assert_eq!(server.messages.load(Ordering::SeqCst), 0);
    assert!(MailId::parse(&kept.id.to_string()).is_ok());
}
