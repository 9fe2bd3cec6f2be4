//! The command line of `passerelle`; everything that it starts is in the library beside it.
fn main() {}
