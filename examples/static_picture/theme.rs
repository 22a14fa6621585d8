//! The page's colours, light and dark, for pictures that no page stands around.

use std::collections::HashMap;
use std::fmt::Write as _;

use rampscope::plot::Palette;

/// The variables of `www/styles/theme.css`.
const THEME: &str = include_str!("../../www/styles/theme.css");

/// The colours of `www/styles/theme.css`, with type of that many times its size.
pub fn theme(is_dark: bool, scale: f64) -> Palette {
    let variables: HashMap<&str, &str> = THEME
        .lines()
        // The first of each is the root's own.
        .rev()
        .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "))
        .collect();
    let read = |name: &str| match name {
        "--font" => Some("sans-serif".to_string()),
        "--figure-scale" => Some(scale.to_string()),
        _ => variables.get(name.strip_prefix("--")?).map(|value| (*value).to_string()),
    };
    Palette::from_variables(read, is_dark)
}

/// An SVG in light colours, which is dark where the device is.
///
/// # Errors
/// If it is no SVG.
pub fn with_dark(svg: &str, light: &Palette, dark: &Palette) -> Result<String, String> {
    let head = svg.find(">\n").ok_or("no svg")? + 2;
    Ok(format!("{}{}\n{}", &svg[..head], dark_style(svg, light, dark), &svg[head..]))
}

/// The colours that stand in the picture, as a dark page has them.
fn dark_style(svg: &str, light: &Palette, dark: &Palette) -> String {
    let hex = |palette: &Palette, role| {
        let color = palette.color(role);
        format!("#{:02X}{:02X}{:02X}", color.0, color.1, color.2)
    };
    let mut rules = String::new();
    for role in Palette::roles() {
        let (from, to) = (hex(light, role), hex(dark, role));
        for attribute in ["fill", "stroke"] {
            let selector = format!("{attribute}=\"{from}\"");
            if svg.contains(&selector) && !rules.contains(&selector) {
                // Writing into memory does not fail.
                let _ = write!(rules, "[{selector}]{{{attribute}:{to}}}");
            }
        }
    }
    format!("<style>@media (prefers-color-scheme:dark){{{rules}}}</style>")
}
