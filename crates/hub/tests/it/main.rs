//! The hub from outside: its service in process, a database of its own for each test, a clock that only the test moves.
//! With `PASSERELLE_TEST_POSTGRES=postgres://USER@HOST:PORT/DATABASE` each test makes its database on that server.

mod api;
mod idempotency;
mod isolation;
mod oauth;
mod paging;
mod people;
mod synchronization;
mod testing;
