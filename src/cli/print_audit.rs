//! What `rampscope audit` says of a file.

use std::fmt::Write as _;

use rampscope::audit::{CpuClass, Fate, FileReport, Outcome, TensorReport};

/// Lines of a table.
const MOST_LINES: usize = 40;

/// A file in a sentence.
pub fn sentence(file: &FileReport, class: CpuClass) -> String {
    if let Outcome::Part = file.outcome {
        return format!("a part of {}.", file.of.as_deref().unwrap_or("another file"));
    }
    if file.error.is_some() {
        return file.message.clone().unwrap_or_default();
    }
    let tensors: Vec<&TensorReport> = products(file).collect();
    if tensors.is_empty() {
        return "no weights of a product are in it.".into();
    }
    let on = match class {
        CpuClass::NoVnni => "on x86 without VNNI",
        CpuClass::Vnni => "on x86 with VNNI",
    };
    let fates: Vec<(Fate, &TensorReport)> =
        tensors.iter().map(|tensor| (Fate::of(tensor, class).0, *tensor)).collect();
    let hit: Vec<&TensorReport> =
        fates.iter().filter(|(fate, _)| *fate >= Fate::Can).map(|(_, tensor)| *tensor).collect();
    let unknown = fates.iter().filter(|(fate, _)| *fate == Fate::Unknown).count();
    let more = if unknown == 0 { String::new() } else { format!(" Of {unknown} it is not known.") };
    if hit.is_empty() {
        let (_, why) = Fate::of(tensors[0], class);
        let one = if tensors.len() == 1 { "its product" } else { "any of its products" };
        let reasons = tensors.iter().all(|tensor| Fate::of(tensor, class).1 == why);
        let because = if reasons { format!(": {why}") } else { String::new() };
        return match unknown {
            0 => format!("no output of {one} can saturate {on}{because}."),
            _ => format!("no output is known to saturate {on}{because}.{more}"),
        };
    }
    let sum = |of: fn(&rampscope::audit::Totals) -> u64| -> u64 {
        hit.iter().filter_map(|tensor| tensor.audit.as_deref()).map(of).sum()
    };
    let outputs: u64 =
        tensors.iter().filter_map(|tensor| tensor.audit.as_deref()).map(|one| one.rows).sum();
    let share = hit.iter().filter_map(|tensor| tensor.audit.as_deref()).map(|one| one.worst_share);
    let worst = share.fold(0.0, f64::max) * 100.0;
    let does = fates.iter().filter(|(fate, _)| *fate == Fate::Does).count();
    let does =
        if does == 0 { String::new() } else { format!(" For the given activations {does} do.") };
    format!(
        "{} of {outputs} outputs in {} of {} products can saturate {on}; the worst loses at most {worst:.2} % of its full scale.{does}{more}",
        sum(|one| one.rows_hit),
        hit.len(),
        tensors.len()
    )
}

/// A line for each product, those that can saturate first.
pub fn table(file: &FileReport, class: CpuClass) -> String {
    let mut lines: Vec<(Fate, &TensorReport)> =
        products(file).map(|tensor| (Fate::of(tensor, class).0, tensor)).collect();
    lines.sort_by(|one, other| {
        let share =
            |tensor: &TensorReport| tensor.audit.as_ref().map_or(0.0, |one| one.worst_share);
        other.0.cmp(&one.0).then(share(other.1).total_cmp(&share(one.1)))
    });
    let mut text = String::new();
    if lines.is_empty() {
        return text;
    }
    let _ = writeln!(
        text,
        "  {:<8} {:>13} {:>10} {:>10}  name: why",
        "", "outputs hit", "at most", "from code"
    );
    for (fate, tensor) in lines.iter().take(MOST_LINES) {
        let (hit, share, code) = match tensor.audit.as_deref() {
            Some(one) => (
                format!("{}/{}", one.rows_hit, one.rows),
                format!("{:.2} %", one.worst_share * 100.0),
                one.first_code.map_or("–".into(), |code| code.to_string()),
            ),
            None => ("–".into(), "–".into(), "–".into()),
        };
        let name = tensor
            .product
            .as_ref()
            .map(|product| product.node.as_str())
            .filter(|node| !node.is_empty());
        let name = name.or(tensor.name.as_deref()).unwrap_or("–");
        let why = Fate::of(tensor, class).1;
        let _ =
            writeln!(text, "  {:<8} {hit:>13} {share:>10} {code:>10}  {name}: {why}", fate.word());
        for sample in &tensor.samples {
            match (&sample.counts, &sample.message) {
                (Some(counts), _) => {
                    let _ = writeln!(
                        text,
                        "{:>12}{}: {} of {} outputs changed, at most by {}; {} signs flip, {} of {} samples have another largest output",
                        "",
                        sample.file,
                        counts.outputs_changed,
                        counts.outputs,
                        counts.largest_error,
                        counts.sign_flips,
                        counts.winner_changes,
                        counts.samples
                    );
                }
                (None, Some(message)) => {
                    let _ = writeln!(text, "{:>12}{}: {message}", "", sample.file);
                }
                (None, None) => {}
            }
        }
    }
    if let Some(more) = lines.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        let _ = writeln!(text, "  {more} more; --json has all.");
    }
    text
}

/// Tensors that are multiplied.
fn products(file: &FileReport) -> impl Iterator<Item = &TensorReport> {
    let is_product = |tensor: &&TensorReport| {
        tensor.verdict.is_some_and(|verdict| verdict != rampscope::audit::Verdict::None)
    };
    file.tensors.iter().flatten().filter(is_product)
}
