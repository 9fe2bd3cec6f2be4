//! Prints `openapi.json` as `cargo xtask openapi` writes it to `docs/`.

fn main() {
    println!("{:#}", hub::api::openapi());
}
