//! [`SampleSet`]: the samples of a call, and what they say of a layer.

use std::collections::HashMap;
use std::rc::Rc;

use super::activations::{Coded, Known, Library, codes};
use super::input::{InputFile, Options};
use super::layout::KernelOrder;
use super::report::SampleReport;
use super::samples::{SampleCounts, Sampler};
use crate::arith::QParams;
use crate::tensor::{Alone, ErrorKind, MOST_HELD, ReadError, Tensor, open};

/// Weights of whole rows that are multiplied at once.
const MOST_AT_ONCE: usize = 1 << 20;

/// Arrays of samples by name.
type Arrays = HashMap<String, Tensor>;

/// All samples of a call.
pub(super) struct SampleSet {
    files: Vec<(String, Result<Arrays, ReadError>)>,
    given: Option<QParams>,
}

impl SampleSet {
    /// Opens the files of samples.
    pub fn open(options: &Options) -> SampleSet {
        let arrays = |file: &InputFile| {
            let opened = open(&file.name, Rc::clone(&file.source), &Alone)?;
            let tensors = opened.tensors;
            let wrong = tensors.errors.into_iter().chain(tensors.skipped).map(|named| named.why);
            match (tensors.read.is_empty(), wrong.into_iter().next()) {
                (true, wrong) => Err(wrong.unwrap_or(ErrorKind::NothingToAudit.into())),
                _ => {
                    Ok(tensors.read.into_iter().map(|array| (array.name.clone(), array)).collect())
                }
            }
        };
        let files = options.samples.iter().map(|file| (file.name.clone(), arrays(file)));
        SampleSet { files: files.collect(), given: options.input }
    }

    /// The first file that cannot be used, and why.
    pub fn fault(&self) -> Option<(&str, &ReadError)> {
        self.files.iter().find_map(|(file, arrays)| Some((&**file, arrays.as_ref().err()?)))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What the samples say of a layer of codes: of each file its array that is named as the weights or
    /// the node are, or that has no name; it must have as many inputs.
    pub fn of_layer(
        &self,
        names: &[&str],
        (tensor, order): (&Tensor, &KernelOrder),
        (model, library): (Known, Library),
        used: &mut Vec<usize>,
    ) -> Vec<SampleReport> {
        let mut reports = Vec::new();
        for (place, (file, arrays)) in self.files.iter().enumerate() {
            let Ok(arrays) = arrays else { continue };
            let array = names.iter().chain(&[""]).find_map(|name| arrays.get(*name));
            let fits = |array: &&Tensor| array.shape().last() == Some(&order.inputs);
            let Some(array) = array.filter(fits) else { continue };
            if !used.contains(&place) {
                used.push(place);
            }
            let known = self.given.map_or(model, Known::Given);
            let counted = codes(array, known, library).and_then(|coded| {
                let counts = count(tensor, order, &coded)?;
                Ok((coded, counts))
            });
            reports.push(match counted {
                Ok((Coded { zero_point, scale, .. }, counts)) => SampleReport {
                    file: file.clone(),
                    zero_point: Some(zero_point),
                    scale,
                    counts: Some(counts),
                    message: None,
                },
                Err(error) => SampleReport {
                    file: file.clone(),
                    zero_point: None,
                    scale: None,
                    counts: None,
                    message: Some(error.to_string()),
                },
            });
        }
        reports
    }

    /// What is to be said of samples that no layer could use.
    pub fn remarks(&self, used: &[usize]) -> Vec<String> {
        let unused = self.files.iter().enumerate().filter(|(place, _)| !used.contains(place));
        unused
            .map(|(_, (file, arrays))| match arrays {
                Ok(_) => format!(
                    "The samples of {file} fit no layer of codes: the last axis must have its inputs, and a name must be that of weights or node."
                ),
                Err(error) => format!("The samples of {file} cannot be used. {error}"),
            })
            .collect()
    }
}

fn count(tensor: &Tensor, order: &KernelOrder, coded: &Coded) -> Result<SampleCounts, ReadError> {
    let size = |count: u64| {
        usize::try_from(count).map_err(|_| ErrorKind::TooLarge {
            what: "Outputs of a layer with samples",
            found: Some(count),
            most: u32::MAX.into(),
        })
    };
    let (outputs, inputs) = (size(order.rows)?, size(order.inputs)?);
    let mut sampler = Sampler::new(outputs, inputs, coded.zero_point)?;
    let by_rows = order.by_rows()?;
    let signed = |bytes: &[u8]| bytes.iter().map(|byte| byte.cast_signed()).collect::<Vec<i8>>();
    // Few weights are read once; many again for every part of the samples.
    if tensor.view.count() <= MOST_HELD {
        let weights = signed(&by_rows.held(MOST_HELD)?);
        let rows = (MOST_AT_ONCE / inputs).max(1) * inputs;
        sampler.count(&coded.codes, &mut |take| weights.chunks(rows).try_for_each(&mut *take))?;
    } else {
        sampler.count(&coded.codes, &mut |take| {
            by_rows.blocks(&mut |block| take(&signed(block.bytes)))
        })?;
    }
    Ok(sampler.finish())
}
