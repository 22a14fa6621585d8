//! Answers for people: a library after the other, its operators by class and reason.

use std::fmt::Write;
use std::io::{self, IsTerminal};

use rampscope::machine::{
    Answer, Candidate, Class, Difference, Library, MachineData, Variant, WhichArithmetic,
};

/// Whether headings and classes stand out.
#[derive(Clone, Copy)]
pub struct Style {
    is_plain: bool,
}

impl Style {
    /// Plain where nobody sees it, or nobody wants it.
    pub fn of_stdout() -> Style {
        let is_wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Style { is_plain: !(is_wanted && io::stdout().is_terminal()) }
    }

    fn bold(self, text: &str) -> String {
        if self.is_plain { text.into() } else { format!("\x1b[1m{text}\x1b[0m") }
    }
}

/// Where the operators of a class begin: after the longest name of a class.
const COLUMN: usize = 29;

/// A row: what is said of one or more operators of a library.
struct Row {
    class: String,
    operators: Vec<String>,
    reasons: Vec<String>,
    sources: Vec<String>,
}

/// The whole answer.
pub fn answers(
    data: &MachineData,
    which: &WhichArithmetic,
    with_sources: bool,
    style: Style,
) -> String {
    let mut text = style.bold(&which.headline()) + "\n";
    if which.by.is_none() {
        line(
            &mut text,
            "Paste the output of lscpu, of systeminfo or of sysctl -a, or a name as Core i7-12700.",
        );
        return text;
    }
    if !which.features.is_empty() {
        line(&mut text, &format!("Features: {}.", which.features.join(", ")));
    }
    if !which.hidden.is_empty() {
        let hidden = which.hidden.join(", ");
        line(
            &mut text,
            &format!(
                "Not named in the text: {hidden}. The CPU has it, and an old kernel may not name it; or a hypervisor has taken it away. Both answers are given."
            ),
        );
    }
    if which.is_mixed {
        line(&mut text, "Which of them one gets is luck: two machines of one group can disagree.");
    }
    line(&mut text, &format!("{} Data of {}.", summary(which), data.date));
    for library in data.libraries() {
        let rows = rows(library, which, data, with_sources);
        heading(&mut text, library, style);
        for row in rows {
            print(&mut text, &row, style);
        }
    }
    text
}

/// Where two machines differ.
pub fn comparison(
    data: &MachineData,
    one: &WhichArithmetic,
    other: &WhichArithmetic,
    found: &[Difference],
    style: Style,
) -> String {
    let mut text = String::new();
    line(&mut text, &format!("{} {}", style.bold("A"), one.headline()));
    line(&mut text, &format!("{} {}", style.bold("B"), other.headline()));
    for library in data.libraries() {
        let own = |variant: &Variant| library.variants.iter().any(|own| own.key == variant.key);
        let mut own = found.iter().filter(|one| own(one.variant)).peekable();
        if own.peek().is_some() {
            heading(&mut text, library, style);
        }
        for difference in own {
            line(&mut text, &format!("  {}", difference.variant.name));
            for (side, answer) in [("A", &difference.one), ("B", &difference.other)] {
                let (class, reason) = answer.as_ref().map_or_else(
                    || ("depends", "The text can mean machines that differ here.".into()),
                    |answer| (answer.class.name(), reason(answer)),
                );
                line(&mut text, &format!("    {side} {}: {reason}", style.bold(class)));
            }
        }
    }
    text.push('\n');
    let count = found.len();
    let all = one.answers.len();
    line(&mut text, &format!("They differ in {count} of {all} operators. Data of {}.", data.date));
    text
}

/// Keys and names to pick from.
pub fn list(data: &MachineData) -> String {
    let mut text = String::new();
    for family in data.families() {
        line(&mut text, &format!("{}\t{}\t{}", family.key, family.arch.key(), family.name));
    }
    for rented in data.rented() {
        line(&mut text, &format!("{}\trented\t{}", rented.key, rented.name));
    }
    text
}

fn line(text: &mut String, what: &str) {
    text.push_str(what);
    text.push('\n');
}

fn heading(text: &mut String, library: &Library, style: Style) {
    let name = format!("{}, version {}", library.name, library.current_version);
    line(text, &format!("\n{}", style.bold(&name)));
}

/// Operators of a library of which the same is said are one row.
fn rows(
    library: &Library,
    which: &WhichArithmetic,
    data: &MachineData,
    with_sources: bool,
) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let own = |variant: &Variant| library.variants.iter().any(|own| own.key == variant.key);
    for (variant, answer) in which.answers.iter().filter(|(variant, _)| own(variant)) {
        let row = row(variant, answer.as_ref(), which, data, with_sources);
        match rows.iter_mut().find(|one| one.class == row.class && one.reasons == row.reasons) {
            Some(same) => {
                same.operators.extend(row.operators);
                let new = row.sources.into_iter().filter(|url| !same.sources.contains(url));
                let new: Vec<String> = new.collect();
                same.sources.extend(new);
            }
            None => rows.push(row),
        }
    }
    rows
}

fn row(
    variant: &Variant,
    answer: Option<&Answer>,
    which: &WhichArithmetic,
    data: &MachineData,
    with_sources: bool,
) -> Row {
    let operators = vec![format!("{}: {}", variant.name, variant.types)];
    let mut reasons = match answer {
        Some(answer) => vec![reason(answer)],
        None => by_candidate(variant, which),
    };
    let hidden = which.answers_if_hidden.iter().find(|(own, _)| own.key == variant.key);
    if let Some((_, answer)) = hidden {
        let names = which.hidden.join(", ");
        reasons.push(format!("If {names} is there: {}. {}", answer.class.name(), reason(answer)));
    }
    let mut sources: Vec<String> = Vec::new();
    if with_sources {
        let all = answer.into_iter().chain(hidden.map(|(_, answer)| answer));
        let of_candidates = which.candidates.iter().filter_map(|one| of(one, variant));
        let of_candidates = of_candidates.filter(|_| answer.is_none());
        for id in all.chain(of_candidates).flat_map(|answer| answer.sources) {
            let Some(source) = data.source(id) else { continue };
            let place = source.url().or_else(|| source.entry.versions.clone()).unwrap_or_default();
            let said = format!("{}: {place}: {}", source.how.key(), source.entry.what);
            if !sources.contains(&said) {
                sources.push(said);
            }
        }
    }
    let class = answer.map_or("depends", |answer| answer.class.name()).into();
    Row { class, operators, reasons, sources }
}

fn of<'s, 'a>(candidate: &'s Candidate<'a>, variant: &Variant) -> Option<&'s Answer<'a>> {
    candidate.answers.iter().find(|(own, _)| own.key == variant.key).map(|(_, answer)| answer)
}

/// What candidates of different classes give, a reason for each class.
fn by_candidate(variant: &Variant, which: &WhichArithmetic) -> Vec<String> {
    let of_class = |class: &Class| -> Option<String> {
        let all = which.candidates.iter();
        let mut own = all.filter_map(|one| Some((one, of(one, variant)?))).peekable();
        let mut names = Vec::new();
        let mut because = None;
        for (candidate, answer) in own.by_ref().filter(|(_, answer)| answer.class == *class) {
            names.push(which.name_of(candidate));
            because.get_or_insert_with(|| reason(answer));
        }
        Some(format!("{}: {}. {}", names.join("; "), class.name(), because?))
    };
    Class::ALL.iter().filter_map(of_class).collect()
}

/// Why, and how that is known.
fn reason(answer: &Answer) -> String {
    let mut text = answer.because.to_string();
    if let Some(pair) = answer.pair {
        let _ = write!(text, " Pairs: {pair}.");
    }
    if answer.class != Class::Unknown {
        let _ = write!(text, " [{}]", answer.confidence.key());
    }
    text
}

fn print(text: &mut String, row: &Row, style: Style) {
    let gap = COLUMN.saturating_sub(row.class.chars().count() + 2);
    let class = style.bold(&row.class);
    line(text, &format!("  {class}{:gap$}{}", "", row.operators.join("; ")));
    for reason in &row.reasons {
        line(text, &format!("{:COLUMN$}{reason}", ""));
    }
    for source in &row.sources {
        line(text, &format!("{:COLUMN$}  {source}", ""));
    }
}

/// How many operators there are of each class.
fn summary(which: &WhichArithmetic) -> String {
    let count = |class: Option<Class>| {
        let all = which.answers.iter().map(|(_, answer)| answer.map(|answer| answer.class));
        all.filter(|own| *own == class).count()
    };
    let classes = Class::ALL.iter().map(|class| (class.name(), count(Some(*class))));
    let counted = classes.chain([("depends", count(None))]).filter(|(_, count)| *count > 0);
    let said: Vec<String> = counted.map(|(name, count)| format!("{count} {name}")).collect();
    format!("{} operators: {}.", which.answers.len(), said.join(", "))
}
