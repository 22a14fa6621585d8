//! [`Folder`]: the files beside a model, on a disk.

use std::fs::File;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use super::file_source::FileSource;
use super::open::Companions;
use super::source::Source;

/// A folder, of which files are opened by their names.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder that a file is in.
    pub fn of(file: &Path) -> Folder {
        Folder(file.parent().unwrap_or(Path::new("")).to_path_buf())
    }
}

impl Companions for Folder {
    /// The file with that name, if it is one: a name that leads elsewhere finds nothing.
    fn find(&self, name: &str) -> Option<Rc<dyn Source>> {
        let mut parts = Path::new(name).components();
        let (Some(Component::Normal(part)), None) = (parts.next(), parts.next()) else {
            return None;
        };
        let path = self.0.join(part);
        let file = path.is_file().then(|| File::open(path).ok())??;
        Some(Rc::new(FileSource::new(file).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_folder_are_found() {
        let folder = Folder::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"));
        assert!(folder.find("lib.rs").is_some());
        for name in ["", ".", "..", "tensor", "../Cargo.toml", "/etc/hostname", "./", "none.rs"] {
            assert!(folder.find(name).is_none(), "{name}");
        }
    }
}
