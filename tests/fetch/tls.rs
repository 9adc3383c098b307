//! A server whose certificate nobody signed.

use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

pub struct Server {
    port: u16,
    asked: Arc<AtomicUsize>,
}

impl Server {
    pub fn start() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config =
            config.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key).unwrap();
        let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
        let (port, asked) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
        let counter = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut tls = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
                // A client that believes nothing says no more than that.
                if tls.read(&mut [0; 1000]).is_ok_and(|read| read > 0) {
                    counter.fetch_add(1, Ordering::SeqCst);
                    let _ =
                        tls.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
                }
            }
        });
        Self { port, asked }
    }

    pub fn url(&self) -> url::Url {
        url::Url::parse(&format!("https://127.0.0.1:{}/x", self.port)).unwrap()
    }

    /// How many requests came through.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}
