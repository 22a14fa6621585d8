//! Files of a drop, folders among them.

use std::collections::VecDeque;

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry, FileSystemFileEntry,
};

use super::auditor::GivenFile;
use super::drops::Items;

/// Files of folders that are looked at: a folder may be dropped by mistake.
const MOST_FILES: usize = 5000;
/// Ends of names of files that can hold weights.
const KNOWN: [&str; 13] = [
    ".onnx",
    ".onnx_data",
    ".data",
    ".safetensors",
    ".pt",
    ".pth",
    ".bin",
    ".npy",
    ".npz",
    ".json",
    ".csv",
    ".tsv",
    ".txt",
];
/// Of these, files of a model itself.
const MODELS: [&str; 5] = [".onnx", ".safetensors", ".pt", ".pth", ".bin"];
/// Of these, such as can hold samples.
const ARRAYS: [&str; 2] = [".npy", ".npz"];

/// What a drop or a choice holds.
#[derive(Clone, Default, PartialEq)]
pub struct Dropped {
    /// Its files.
    pub files: Vec<GivenFile>,
    /// How many files of folders are none of weights.
    pub others: usize,
}

impl Dropped {
    /// Of files that were chosen.
    pub fn of_files(files: impl IntoIterator<Item = File>) -> Dropped {
        let given = |file| GivenFile { file, folder: String::new(), is_sample: false };
        let mut dropped = Dropped { files: files.into_iter().map(given).collect(), others: 0 };
        dropped.tell_samples();
        dropped
    }

    /// Arrays beside a single model are samples for it.
    fn tell_samples(&mut self) {
        let ends = |one: &GivenFile, list: &[&str]| {
            let name = one.file.name().to_lowercase();
            list.iter().any(|end| name.ends_with(end))
        };
        let models = self.files.iter().filter(|one| ends(one, &MODELS)).count();
        for one in &mut self.files {
            one.is_sample = models == 1 && ends(one, &ARRAYS);
        }
    }
}

/// The files of a drop, those in its folders with them.
pub async fn dropped(items: Items) -> Dropped {
    let mut entries = VecDeque::new();
    let mut files = Vec::new();
    for item in items.iter() {
        match item.dyn_into::<File>() {
            Ok(file) => files.push(file),
            Err(entry) => entries.push_back(entry.unchecked_into::<FileSystemEntry>()),
        }
    }
    let mut all = Dropped::of_files(files);
    let mut seen = 0;
    while let Some(entry) = entries.pop_front() {
        if entry.is_directory() {
            entries.extend(within(entry.unchecked_ref()).await);
            continue;
        }
        seen += 1;
        let name = entry.name().to_lowercase();
        let is_known = KNOWN.iter().any(|end| name.ends_with(end)) && seen <= MOST_FILES;
        let file = if is_known { file_of(entry.clone().unchecked_into()).await } else { None };
        match file {
            Some(file) => {
                let path = entry.full_path();
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_string();
                all.files.push(GivenFile { file, folder, is_sample: false });
            }
            None => all.others += 1,
        }
        if seen >= MOST_FILES {
            break;
        }
    }
    all.tell_samples();
    all
}

/// What a folder holds; a browser tells some at a time.
async fn within(folder: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let some = some_of(&reader).await;
        if some.is_empty() || all.len() > MOST_FILES {
            return all;
        }
        all.extend(some);
    }
}

async fn some_of(reader: &FileSystemDirectoryReader) -> Vec<FileSystemEntry> {
    let told = Promise::new(&mut |resolve, reject| {
        if reader.read_entries_with_callback_and_callback(&resolve, &reject).is_err() {
            let _ = reject.call0(&JsValue::UNDEFINED);
        }
    });
    let entries =
        JsFuture::from(told).await.map(|entries| Array::from(&entries)).unwrap_or_default();
    entries.iter().map(JsCast::unchecked_into).collect()
}

async fn file_of(entry: FileSystemFileEntry) -> Option<File> {
    let told = Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    JsFuture::from(told).await.ok()?.dyn_into().ok()
}
