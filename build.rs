//! Tells cargo that the folders embedded in the binary are part of it.

fn main() {
    for folder in ["migrations", "locales", "questionnaires", "src/playground"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
