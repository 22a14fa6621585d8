//! What the words around numbers say that they are.

use super::super::code_type::CodeType;
use super::super::limits::MOST_LABEL;
use super::candidate::{Role, Side};
use super::names::{self, Reach};

/// Words before numbers that are looked at, fillers left out.
const MOST_WORDS: usize = 3;

/// What the words around numbers say.
#[derive(Default)]
pub(super) struct Named {
    /// The word that names them; empty where there is none.
    pub name: String,
    /// What they are.
    pub role: Option<Role>,
    /// Their type.
    pub code_type: Option<CodeType>,
}

impl Named {
    /// One number, by the clause that it ends; `line`: what of its line stands before it.
    pub(super) fn number(line: &str, before: &str, after: &str) -> Named {
        let mut named = Named::clause(clauses(before).last().copied().unwrap_or_default(), false);
        // `… → 32767 on my laptop, 64770 on a server`.
        let on = || after.strip_prefix(" on ")?.split([',', ';', '.', '\n', ')']).next();
        if named.role.is_none()
            && ["->", "→", "=>"].iter().any(|arrow| line.contains(arrow))
            && let Some(on) = on()
            && let Some(place) = words(on).find_map(|word| place(on, word))
        {
            (named.role, named.name) = (Some(Role::Seen), place.trim_end().to_string());
        }
        named.code_type = named.code_type.or(type_after(after));
        named
    }

    /// A list, by the clause before it that names it: the last one of its own line, the first one of a
    /// heading above it. What stands in parentheses is about it, and does not name it.
    pub(super) fn list(before: &str, after: &str, is_heading: bool) -> Named {
        let (plain, groups) = groups(before);
        let mut clauses = clauses(&plain);
        if !is_heading {
            clauses.reverse();
        }
        let all = clauses.iter().map(|clause| Named::clause(clause, true));
        let mut named = all.into_iter().find(|one| one.role.is_some()).unwrap_or_default();
        let in_heading = || words(&plain).filter(|_| is_heading).find_map(names::code_type);
        let in_groups = || words(&groups).find_map(names::code_type);
        named.code_type =
            named.code_type.or(type_after(after)).or_else(in_groups).or_else(in_heading);
        named
    }

    fn clause(clause: &str, is_list: bool) -> Named {
        let mut named = Named::default();
        // `my Xeon Gold 6248:`, and a cell of a table.
        let label = clause.trim_end().strip_suffix([':', '=', '|']).filter(|_| !is_list);
        let label = label.and_then(|label| label.rsplit([':', '=', '|']).next());
        if let Some(label) = label
            && let Some(place) = words(label)
                .filter(|word| !names::is_filler(word))
                .find_map(|word| place(label, word))
        {
            let is_wanted = words(label).any(names::is_wanted);
            named.role = Some(if is_wanted { Role::Wanted } else { Role::Seen });
            named.name = place.to_string();
            return named;
        }
        let words: Vec<&str> = words(clause).collect();
        let mut looked = 0;
        for (at, word) in words.iter().enumerate().rev() {
            if let Some(code_type) = names::code_type(word) {
                named.code_type = named.code_type.or(Some(code_type));
                continue;
            }
            // `numpy: [1, 2]` is a name, `numpy.array([1, 2])` is none.
            let is_name = at + 1 == words.len() && names::role(word, None, is_list).is_some();
            let is_filler = names::is_filler(word) && !is_name;
            if is_filler || word.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            looked += 1;
            let is_near = match names::reach(word) {
                Reach::Some => true,
                Reach::Next => looked == 1,
                Reach::Mark => looked == 1 && (is_list || clause.trim_end().ends_with([':', '='])),
            };
            if !is_near {
                continue;
            }
            let neighbours = [at.checked_sub(1), Some(at + 1)];
            let of = neighbours.into_iter().flatten().find_map(|at| words.get(at).copied());
            // `zero point` in two words.
            let role = match (words.get(at.wrapping_sub(1)), *word) {
                (Some(&"zero" | &"Zero"), "point" | "points") => {
                    names::role("zero_point", of, is_list)
                }
                _ => names::role(word, of, is_list),
            };
            if role.is_some() {
                let subject =
                    names::subject(word, &words[..at]).filter(|_| role == Some(Role::Seen));
                let name = subject.or_else(|| place(clause, word)).unwrap_or(word);
                (named.name, named.role) = (name.to_string(), role);
                // `uint8_t a`.
                let before = at.checked_sub(1).and_then(|at| names::code_type(words[at]));
                named.code_type = named.code_type.or(before);
                break;
            }
            if looked == MOST_WORDS {
                break;
            }
        }
        // `expected output`, `should be`, `by hand I get`.
        let wanted = words.iter().find(|word| names::is_wanted(word));
        if let Some(wanted) = wanted.filter(|_| named.role == Some(Role::Seen)) {
            named.role = Some(Role::Wanted);
            if !names::is_wanted(&named.name) {
                named.name = (*wanted).to_string();
            }
        }
        named
    }
}

/// Whose a zero point or a scale is that says it nowhere itself, by what its line is about: the word
/// before an open parenthesis, as in `weights (int8, scale 0.1`, or the word that begins the line.
pub(super) fn subject(line: &str) -> Option<Side> {
    let open = line.rfind('(').filter(|open| !line[*open..].contains(')'));
    let of = |word: &str| match names::role(word, None, true) {
        Some(Role::Codes(side)) => Some(side),
        _ => names::is_output(word).then_some(Side::Output),
    };
    let is_word = |word: &&str| !word.starts_with(|c: char| c.is_ascii_digit());
    match open {
        // `A=-114 (scale 0.1`, `quantize(x, scale=0.1`.
        Some(open) => {
            let before = words(&line[..open]).filter(is_word).last().and_then(of);
            before.or_else(|| words(&line[open..]).next().and_then(of))
        }
        None => {
            let of_clause = || clauses(line).last().and_then(|clause| words(clause).next());
            // An article is no A.
            let clause = of_clause().filter(|word| *word != "a").and_then(of);
            let first = || words(line).next().and_then(of);
            let is_alone = |first: &Side| words(line).filter_map(of).all(|one| one == *first);
            clause.or_else(|| first().filter(is_alone))
        }
    }
}

/// A machine by all that its clause says of it: `my Windows laptop:`.
fn place<'a>(clause: &'a str, word: &str) -> Option<&'a str> {
    let all = clause.trim_end_matches([':', '=', ' ']);
    let mut all = all.trim_start_matches(|c: char| !c.is_alphanumeric());
    for article in ["on ", "On ", "in ", "In ", "my ", "My ", "the ", "The ", "a ", "an "] {
        all = all.strip_prefix(article).unwrap_or(all);
    }
    // `AVX2 result:`.
    if let Some((rest, last)) = all.rsplit_once(' ')
        && names::is_verb(last)
    {
        all = rest.trim_end();
    }
    let is_place = names::is_place(word) || word.eq_ignore_ascii_case("vnni");
    (is_place && all.len() <= MOST_LABEL).then_some(all)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// A clause ends at a comma, a semicolon, a stop or a line's end.
fn clauses(text: &str) -> Vec<&str> {
    text.split([',', ';', '\n']).flat_map(|part| part.split(". ")).collect()
}

/// A text without what stands in parentheses that are closed, and that.
fn groups(text: &str) -> (String, String) {
    let (mut plain, mut inner) = (String::with_capacity(text.len()), String::new());
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '(' => open.push(plain.len()),
            ')' => {
                if let Some(from) = open.pop() {
                    inner.push_str(&plain[from..]);
                    plain.truncate(from);
                }
                continue;
            }
            _ => {}
        }
        plain.push(c);
    }
    (plain, inner)
}

/// A type that stands behind numbers, before anything else is named.
fn type_after(after: &str) -> Option<CodeType> {
    let near = after.split([',', ';']).take(2).flat_map(words);
    // The next name is another's.
    let is_own = |word: &&str| {
        names::is_filler(word) || *word == "dtype" || names::code_type(word).is_some()
    };
    near.take_while(is_own).find_map(names::code_type)
}
