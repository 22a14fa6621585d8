//! [`ProductTable`]: a row a product, to sort and to filter; what is not hit is folded away.

use std::cmp::Ordering;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::number::whole;
use super::product::Product;
use crate::documents::{FileVerdict, ProductLine, ProductNumbers, percent};
use crate::view::model::Shared;
use crate::view::panels::PanelProps;

/// Rows that are drawn at once; more are asked for.
const SOME_ROWS: usize = 200;

/// Properties of [`ProductTable`].
#[derive(Properties, PartialEq)]
pub struct TableProps {
    /// The state, and what takes an action.
    pub panel: PanelProps,
    /// All files.
    pub files: Shared<Vec<FileVerdict>>,
    /// Which of them.
    pub index: usize,
}

/// What rows are sorted by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Worst,
    Name,
    Hit,
    First,
}

impl By {
    fn order(self, one: &ProductLine, other: &ProductLine) -> Ordering {
        let hit = |line: &ProductLine| line.numbers.as_ref().map_or(0.0, |one| one.rows_hit);
        // None is after all others.
        let first = |line: &ProductLine| {
            line.numbers.as_ref().map_or(255, |one| one.first_code.wrapping_sub(1))
        };
        match self {
            By::Worst => {
                other.is_hit().cmp(&one.is_hit()).then(other.share().total_cmp(&one.share()))
            }
            By::Name => one.name.cmp(&other.name),
            By::Hit => hit(other).total_cmp(&hit(one)),
            By::First => first(one).cmp(&first(other)),
        }
    }
}

/// The table.
#[component]
pub fn ProductTable(props: &TableProps) -> Html {
    let by = use_state_eq(|| (By::Worst, false));
    let finds = use_state_eq(String::new);
    let shows_rest = use_state_eq(|| false);
    let most = use_state_eq(|| SOME_ROWS);
    let opened = use_state_eq(|| None::<usize>);
    let Some(file) = props.files.get(props.index) else { return Html::default() };
    let words: Vec<String> = finds.split_whitespace().map(str::to_lowercase).collect();
    let is_found = |line: &ProductLine| {
        let text =
            format!("{} {} {} {} {}", line.name, line.op, line.id.tensor, line.fate, line.why);
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let mut rows: Vec<(usize, &ProductLine)> =
        file.lines.iter().enumerate().filter(|(_, line)| is_found(line)).collect();
    rows.sort_by(|(_, one), (_, other)| {
        let order = by.0.order(one, other);
        if by.1 { order.reverse() } else { order }
    });
    // What is hit, or may be, is never folded away; if nothing is, nothing needs to be.
    let is_first = |line: &ProductLine| line.is_hit() || line.fate == "unknown";
    let rest = rows.iter().filter(|(_, line)| !is_first(line)).count();
    let has_first = rest < rows.len();
    if has_first && !*shows_rest && words.is_empty() {
        rows.retain(|(_, line)| is_first(line));
    }
    let find = {
        let finds = finds.clone();
        Callback::from(move |event: InputEvent| {
            finds.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let head = |of: By, name: &'static str, key: &'static str| {
        let (is_by, is_back) = (by.0 == of, by.0 == of && by.1);
        let onclick = {
            let by = by.clone();
            Callback::from(move |_: MouseEvent| by.set((of, is_by && !is_back)))
        };
        let sort = match (is_by, is_back ^ matches!(of, By::Worst | By::Hit)) {
            (false, _) => None,
            (true, true) => Some("descending"),
            (true, false) => Some("ascending"),
        };
        html! {
            <th scope="col" aria-sort={sort}><button type="button" class="sort" name={format!("sort-{key}")} {onclick}>{ name }<span aria-hidden="true">{ match sort { Some("descending") => " ↓", Some(_) => " ↑", None => "" } }</span></button></th>
        }
    };
    let fold = {
        let shows_rest = shows_rest.clone();
        Callback::from(move |_: MouseEvent| shows_rest.set(!*shows_rest))
    };
    let more = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + SOME_ROWS))
    };
    let total = rows.len();
    html! {
        <div class="products">
            <div class="answers-bar">
                <label>{ "Find " }<input type="text" class="find-product" placeholder="attention, Conv, unknown …" oninput={find} /></label>
                if !words.is_empty() {
                    <span role="status">{ format!("{total} of {}", file.lines.len()) }</span>
                }
            </div>
            <div class="scroll" tabindex="0" role="region" aria-label={format!("Products of {}", file.file)}>
            <table class="product-table">
                <caption class="visually-hidden">{ "What can become of each product on x86 without VNNI" }</caption>
                <thead><tr>
                    { head(By::Name, "product", "name") }
                    <th scope="col">{ "it" }</th>
                    { head(By::Hit, "outputs hit", "hit") }
                    { head(By::Worst, "loses at most", "worst") }
                    { head(By::First, "from code", "first") }
                    <th scope="col">{ "why" }</th>
                </tr></thead>
                <tbody>
                    { for rows.iter().take(*most).map(|(index, line)| row(props, file, *index, line, &opened)) }
                </tbody>
            </table>
            </div>
            if total > *most {
                <button type="button" class="more-products" onclick={more}>{ format!("{} more", total - *most) }</button>
            }
            if has_first && rest > 0 && words.is_empty() {
                <button type="button" class="fold-products" aria-expanded={shows_rest.to_string()} onclick={fold}>
                    { if *shows_rest { "Only what can saturate, or is not known".to_string() } else { format!("{rest} that cannot") } }
                </button>
            }
        </div>
    }
}

fn row(
    props: &TableProps,
    file: &FileVerdict,
    index: usize,
    line: &ProductLine,
    opened: &UseStateHandle<Option<usize>>,
) -> Html {
    let is_open = **opened == Some(index);
    let toggle = {
        let opened = opened.clone();
        Callback::from(move |_: MouseEvent| opened.set((!is_open).then_some(index)))
    };
    // Numbers of pairs that no kernel adds would say what is not so.
    let is_so = |one: &&ProductNumbers| line.is_would_be || line.is_hit() || one.rows_hit < 0.5;
    let numbers = line.numbers.as_ref().filter(is_so);
    let dash = || "–".to_string();
    let hit =
        numbers.map_or_else(dash, |one| format!("{} of {}", whole(one.rows_hit), whole(one.rows)));
    let share = numbers.map_or_else(dash, |one| percent(one.worst_share));
    let first = numbers
        .filter(|one| one.first_code > 0)
        .map_or_else(dash, |one| one.first_code.to_string());
    let would = if line.is_would_be { "would-be" } else { "" };
    html! {
        <>
            <tr class={classes!("product", line.is_hit().then_some("is-hit"))}>
                <th scope="row">
                    if line.is_hit() {
                        <button type="button" class="disclose" aria-expanded={is_open.to_string()} onclick={toggle}>{ &line.name }</button>
                    } else {
                        <span class="plain">{ &line.name }</span>
                    }
                    <span class="types">{ &line.op }</span>
                </th>
                <td>{ badge(&line.fate) }</td>
                <td class={would} data-label="hit">{ hit }</td>
                <td class={would} data-label="loses at most">{ share }</td>
                <td class={would} data-label="from code">{ first }</td>
                <td class="because">{ &line.why }if line.is_would_be { { "; the numbers are those once quantized" } }
                    { for line.samples.iter().map(|sample| html! { <span class="sample">{ sample }</span> }) }
                </td>
            </tr>
            if is_open {
                <tr class="about"><td colspan="6"><Product panel={props.panel.clone()} file={props.index} name={file.file.clone()} line={Shared(std::rc::Rc::new(line.clone()))} /></td></tr>
            }
        </>
    }
}

/// What becomes of a product, as a sign and a word.
fn badge(fate: &str) -> Html {
    let (sign, look) = match fate {
        "does" | "can" => ("✗", "bad"),
        "unknown" => ("?", "none"),
        _ => ("✓", "good"),
    };
    html! { <span class={classes!("class", look)}><span aria-hidden="true">{ sign }</span>{ format!(" {fate}") }</span> }
}
