//! [`FileSource`]: a file on a disk.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use super::source::{Source, SourceError};

/// A file that is read where it is needed. It should not change meanwhile.
#[derive(Debug)]
pub struct FileSource {
    file: File,
    size: u64,
}

impl FileSource {
    /// All of an open file.
    ///
    /// # Errors
    /// If its size is not to be had.
    pub fn new(file: File) -> io::Result<FileSource> {
        let size = file.metadata()?.len();
        Ok(FileSource { file, size })
    }
}

impl Source for FileSource {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let end = offset.saturating_add(into.len() as u64);
        if end > self.size {
            return Err(SourceError::Beyond { end, size: self.size });
        }
        let mut file = &self.file;
        let read = file.seek(SeekFrom::Start(offset)).and_then(|_| file.read_exact(into));
        read.map_err(|error| SourceError::Failed(error.to_string()))
    }
}
