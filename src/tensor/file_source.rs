//! [`FileSource`]: a file on a disk.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;

use super::source::{NotOpened, Source, SourceError};

/// A file that is read where it is needed. It should not change meanwhile.
#[derive(Debug)]
pub struct FileSource {
    file: File,
    size: u64,
}

impl FileSource {
    /// The file of a path.
    ///
    /// # Errors
    /// [`NotOpened`] if it is none, or may not be read.
    pub fn open(path: &Path) -> Result<FileSource, NotOpened> {
        let file = File::open(path).map_err(why)?;
        if file.metadata().map_err(why)?.is_dir() {
            return Err(NotOpened::Folder);
        }
        FileSource::new(file).map_err(why)
    }

    /// All of an open file.
    ///
    /// # Errors
    /// If its size is not to be had.
    pub fn new(file: File) -> io::Result<FileSource> {
        let size = file.metadata()?.len();
        Ok(FileSource { file, size })
    }
}

fn why(error: io::Error) -> NotOpened {
    match error.kind() {
        ErrorKind::NotFound => NotOpened::Absent,
        ErrorKind::PermissionDenied => NotOpened::Forbidden,
        ErrorKind::IsADirectory => NotOpened::Folder,
        _ => NotOpened::Other(error.to_string()),
    }
}

impl Source for FileSource {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), SourceError> {
        SourceError::unless_within(offset, into.len(), self.size)?;
        let mut file = &self.file;
        let read = file.seek(SeekFrom::Start(offset)).and_then(|_| file.read_exact(into));
        read.map_err(|error| SourceError::Failed(error.to_string()))
    }
}
