//! Fetching, from a server on loopback that plays both sites, with real sockets, and misbehaves.
#![allow(clippy::unwrap_used, clippy::panic)]
#![cfg(all(feature = "fetch", feature = "cli"))]

#[path = "../common/mod.rs"]
mod common;

mod archive;
mod fixture;
mod honest;
mod interrupted;
mod lists;
mod main_job;
mod manners;
mod program;
mod safety;
mod server;
mod sites;
mod trouble;
