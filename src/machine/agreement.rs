//! [`agreement`]: whether two machines give the same numbers in an operator, in a sentence.

use super::kinds::Class;
use super::which::WhichArithmetic;

/// What a machine gives in an operator: each class with the candidates that give it, by name.
type Given<'a> = Vec<(Class, Vec<String>)>;

/// Whether two machines give the same sums in an operator, as the end of a sentence, and whether it depends
/// on which machine stands behind a name; `None` where neither has the operator, or nobody knows of one.
pub fn agreement(one: &WhichArithmetic, other: &WhichArithmetic, key: &str) -> Option<String> {
    let both = [given(one, key)?, given(other, key)?];
    let is_said = |class: Class| !matches!(class, Class::Unknown | Class::NotAvailable);
    if !both.iter().flatten().all(|(class, _)| is_said(*class)) {
        return None;
    }
    Some(match [both[0].as_slice(), both[1].as_slice()] {
        [[(own, _)], [(theirs, _)]] if own == theirs => {
            format!("the same on both: {}", own.name())
        }
        [[(own, _)], [(theirs, _)]] => {
            format!("different: {} on machine 1, {} on machine 2", own.name(), theirs.name())
        }
        [[(class, _)], many] => depends(*class, 1, many, 2),
        [many, [(class, _)]] => depends(*class, 2, many, 1),
        [own, theirs] => {
            format!("depends on both: on machine 1 {}, on machine 2 {}", cases(own), cases(theirs))
        }
    })
}

/// Of one machine the class is known, of the other it depends.
fn depends(class: Class, known: u8, many: &[(Class, Vec<String>)], open: u8) -> String {
    let (same, others): (Vec<_>, Vec<_>) = many.iter().partition(|(own, _)| *own == class);
    let names = |cases: &[&(Class, Vec<String>)]| {
        cases
            .iter()
            .flat_map(|(_, names)| names.iter().map(String::as_str))
            .collect::<Vec<_>>()
            .join(" or ")
    };
    let name = class.name();
    let different = others
        .iter()
        .map(|(own, names)| format!("{} if it is {}", own.name(), names.join(" or ")))
        .collect::<Vec<_>>()
        .join(", ");
    if same.is_empty() {
        format!("different: {name} on machine {known}; on machine {open} {different}")
    } else {
        format!(
            "{name} on machine {known}, and the same on machine {open} if it is {}; {different}",
            names(&same)
        )
    }
}

fn cases(many: &[(Class, Vec<String>)]) -> String {
    let case = |(class, names): &(Class, Vec<String>)| {
        format!("{} if it is {}", class.name(), names.join(" or "))
    };
    many.iter().map(case).collect::<Vec<_>>().join(", ")
}

/// `None` where nothing was recognised, or there is no such operator.
fn given<'a>(which: &WhichArithmetic, key: &str) -> Option<Given<'a>> {
    which.by?;
    if let Some(answer) = which.answer(key) {
        return Some(vec![(answer.class, Vec::new())]);
    }
    let mut given = Given::new();
    for candidate in &which.candidates {
        let (_, answer) = candidate.answers.iter().find(|(variant, _)| variant.key == key)?;
        let name = which.name_of(candidate);
        match given.iter_mut().find(|(class, _)| *class == answer.class) {
            Some((_, names)) => names.push(name),
            None => given.push((answer.class, vec![name])),
        }
    }
    (!given.is_empty()).then_some(given)
}
