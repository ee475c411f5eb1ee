//! Starts the site in the page's `#app`.

fn main() {
    frontend::app::start();
}
