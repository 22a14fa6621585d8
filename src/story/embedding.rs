//! The lines that put a figure into a page, a table of tools. `docs/embedding.md` shows the same;
//! `tests/embedding.rs` holds it to them.

use super::figure;
use super::snippet::{Group, Once, Pinned, Site, Snippet};
use crate::state::groups::Figure;
use crate::state::{Part, State, View, link};

/// A tool's lines. Names in braces stand for what [`lines`] makes of a state.
struct Line {
    key: &'static str,
    title: &'static str,
    place: &'static str,
    /// What the site needs once: into which file, where that is, and what.
    once: Option<(&'static str, &'static str, &'static str)>,
    text: &'static str,
}

const TOOLS: [Line; 9] = [
    Line {
        key: "element",
        title: "HTML: an element",
        place: "In the HTML, where the figure belongs; the script once a page. Rampscope’s host has to send Access-Control-Allow-Origin if it is not your page’s. Where it does not, take the frame.",
        once: None,
        text: "{script}\n{element}",
    },
    Line {
        key: "frame",
        title: "HTML: a frame",
        place: "In the HTML, where the figure belongs; works from any host. The script, once a page, gives frames the height that they want and your page’s light or dark.",
        once: None,
        text: "{frame}\n{resize}",
    },
    Line {
        key: "mdbook",
        title: "mdBook",
        place: "In a chapter, with an empty line before and after.",
        once: None,
        text: "{script}\n{element}",
    },
    Line {
        key: "sphinx",
        title: "Sphinx",
        place: "In reStructuredText, with an empty line before and after. In MyST Markdown the last two lines alone, not indented.",
        once: None,
        text: ".. raw:: html\n\n   {script}\n   {element}",
    },
    Line {
        key: "mkdocs",
        title: "MkDocs",
        place: "In a page’s Markdown, with an empty line before and after.",
        once: None,
        text: "{script}\n{element}",
    },
    Line {
        key: "docusaurus",
        title: "Docusaurus",
        place: "In a page, .md or .mdx, where the figure belongs.",
        once: Some((
            "docusaurus.config.js",
            "Once, in docusaurus.config.js.",
            "scripts: [{ src: '{address}', type: 'module'{checks} }],",
        )),
        text: "{element}",
    },
    Line {
        key: "hugo",
        title: "Hugo",
        place: "In a page’s Markdown, where the figure belongs.",
        once: Some((
            "layouts/_shortcodes/ramp.html",
            "Once, as layouts/_shortcodes/ramp.html: Hugo’s Markdown lets no HTML through.",
            "{script}\n<ramp-scope{{ range $key, $value := .Params }} {{ $key | safeHTMLAttr }}=\"{{ $value }}\"{{ end }}></ramp-scope>",
        )),
        text: "{{< ramp{attributes} >}}",
    },
    Line {
        key: "jupyter",
        title: "Jupyter",
        place: "In a cell. The exported HTML keeps the figure. Its last attribute keeps JupyterLab’s shortcuts from a figure that has the focus.",
        once: None,
        text: "from IPython.display import HTML\nHTML('''{script}\n<ramp-scope{attributes} data-lm-suppress-shortcuts></ramp-scope>''')",
    },
    Line {
        key: "jupyter_frame",
        title: "Jupyter: a frame",
        place: "In a cell; works from any host.",
        once: None,
        text: "from IPython.display import HTML\nHTML('''{frame}\n{resize}''')",
    },
];

/// Every tool's lines for a state.
pub(super) fn lines(state: &State, site: &Site) -> Vec<Snippet> {
    let Site { folder, height, .. } = site;
    let written = figure::written(state);
    let framed =
        State { figure: Figure { embed: true, ..written.figure.clone() }, ..written.clone() };
    let source = format!("{folder}embed.html{}", link::write(&framed));
    let attributes = attributes(&written);
    // From another site a hash is compared only of what may be read.
    let (path, checked, checks) = match &site.pinned {
        None => ("element.js", String::new(), String::new()),
        Some(Pinned { path, integrity }) => (
            &**path,
            format!(" integrity=\"{integrity}\" crossorigin=\"anonymous\""),
            format!(", integrity: '{integrity}', crossorigin: 'anonymous'"),
        ),
    };
    // `{folder}` comes last: others hold it.
    let pieces = [
        ("{script}", format!("<script type=\"module\" src=\"{{address}}\"{checked}></script>")),
        ("{address}", format!("{{folder}}{path}")),
        ("{checks}", checks),
        ("{resize}", "<script src=\"{folder}frames.js\"></script>".to_string()),
        ("{element}", format!("<ramp-scope{attributes}></ramp-scope>")),
        ("{attributes}", attributes),
        ("{frame}", frame(&written, &source, &figure::title(state), *height)),
        ("{folder}", folder.clone()),
    ];
    let filled = |text: &str| {
        pieces.iter().fold(text.to_string(), |text, (name, piece)| text.replace(name, piece))
    };
    let snippet = |line: &Line| Snippet {
        key: line.key,
        title: line.title,
        group: Group::Page,
        place: line.place,
        once: line.once.map(|(file, place, text)| Once { file, place, text: filled(text) }),
        text: Ok(filled(line.text)),
    };
    TOOLS.iter().map(snippet).collect()
}

fn frame(written: &State, source: &str, title: &str, height: u32) -> String {
    // In a sandbox its origin is nobody's, and the recordings could not be fetched. An attribute
    // takes the border away where a policy or MDX takes no `style`.
    let sandbox = if written.page.view == View::Suspects {
        ""
    } else {
        "sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\" "
    };
    format!(
        "<iframe src=\"{}\"\n  title=\"{}\" width=\"100%\" height=\"{height}\"\n  {sandbox}loading=\"lazy\" frameborder=\"0\"></iframe>",
        escaped(source),
        escaped(title),
    )
}

/// The state as an element's attributes, each with a space before it. The Lab, and of it the ramp,
/// is what an element shows by itself.
fn attributes(written: &State) -> String {
    let is_default = |key: &str| match key {
        "v" => true,
        "view" => written.page.view == View::Lab,
        "focus" => written.figure.focus == [Part::Ramp],
        _ => false,
    };
    link::query(&link::write(written))
        .0
        .iter()
        .filter(|(key, _)| !is_default(key))
        .map(|(key, value)| format!(" {}=\"{}\"", attribute(key), escaped(value)))
        .collect()
}

/// A parameter's attribute. HTML has a `controls` without a value, and minifiers take the value away.
fn attribute(key: &str) -> String {
    match key {
        "controls" => "show-controls".to_string(),
        _ => key.replace('_', "-"),
    }
}

/// A text between an attribute's quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::snippets::SOMEWHERE;

    fn text(fragment: &str, key: &str) -> String {
        let (state, problems) = link::read(fragment);
        assert_eq!(problems, []);
        let all = lines(&state, &Site::from(SOMEWHERE));
        let line = all.into_iter().find(|one| one.key == key).expect("the tool is there");
        line.text.expect("every state can be shown")
    }

    /// What stands in the element.
    fn element(fragment: &str) -> String {
        let text = text(fragment, "docusaurus");
        let text = text.strip_prefix("<ramp-scope").expect("it begins with the element");
        text.strip_suffix("></ramp-scope>").expect("it ends with it").to_string()
    }

    #[test]
    fn an_element_says_what_differs_from_the_default_and_nothing_else() {
        assert_eq!(element("#/embed"), "");
        assert_eq!(element("#/embed?focus=ramp&at=2"), "");
        assert_eq!(
            element("#/embed?focus=ramp,kinks&controls=at&lock=engine&inputs=2&reduce_range=1"),
            " reduce-range=\"1\" inputs=\"2\" focus=\"ramp,kinks\" show-controls=\"at\" lock=\"engine\""
        );
        assert_eq!(element("#/embed?w=0.0:113_-113,1.2:5"), " w=\"0.0:113_-113,1.2:5\"");
        assert_eq!(
            element("#/embed?figure=step&page=3&inputs=4"),
            " view=\"story\" page=\"3\" steps=\"3\""
        );
    }

    #[test]
    fn a_version_is_named_with_its_hash() {
        let pinned = Pinned::read("v/0.1.0/element.js sha384-aB+/9=").expect("it is one");
        let site = Site { pinned: Some(pinned), ..Site::from(SOMEWHERE) };
        let all = lines(&State::default(), &site);
        let find = |key: &str| all.iter().find(|one| one.key == key).expect("the tool is there");
        assert_eq!(
            find("element").text.as_deref(),
            Ok(
                "<script type=\"module\" src=\"https://example.org/rampscope/v/0.1.0/element.js\" integrity=\"sha384-aB+/9=\" crossorigin=\"anonymous\"></script>\n<ramp-scope></ramp-scope>"
            )
        );
        let once = find("docusaurus").once.as_ref().expect("it is configured once");
        assert_eq!(
            once.text,
            "scripts: [{ src: 'https://example.org/rampscope/v/0.1.0/element.js', type: 'module', integrity: 'sha384-aB+/9=', crossorigin: 'anonymous' }],"
        );
        for wrong in
            ["", "element.js", "a.js md5-1", "a\"b.js sha384-a", "a.js sha384-", "a.js sha384-'"]
        {
            assert_eq!(Pinned::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_tool_has_its_own_form() {
        let at = "#/embed?controls=at,engine";
        assert_eq!(text(at, "hugo"), "{{< ramp show-controls=\"at,engine\" >}}");
        assert_eq!(
            text(at, "sphinx"),
            ".. raw:: html\n\n   <script type=\"module\" src=\"https://example.org/rampscope/element.js\"></script>\n   <ramp-scope show-controls=\"at,engine\"></ramp-scope>"
        );
        let frame = text(at, "frame");
        assert_eq!(
            text(at, "jupyter_frame"),
            format!("from IPython.display import HTML\nHTML('''{frame}''')")
        );
        for tool in TOOLS {
            let all = format!("{}{:?}", text(at, tool.key), tool.once);
            assert!(!text(at, tool.key).contains("{folder}") && all.len() > 20, "{}", tool.key);
            assert!(tool.place.ends_with('.'), "{}", tool.key);
            assert!(tool.once.is_none_or(|(file, place, _)| place.contains(file)), "{}", tool.key);
        }
    }

    #[test]
    fn a_frame_is_escaped_and_sandboxed_where_it_can_be() {
        let ramp = text("#/embed?controls=at", "frame");
        assert!(ramp.contains("embed.html#/lab?v=1&amp;embed=1&amp;focus=ramp&amp;controls=at\""));
        assert!(ramp.contains("height=\"760\"\n  sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\" loading"), "{ramp}");
        assert!(
            ramp.ends_with("<script src=\"https://example.org/rampscope/frames.js\"></script>")
        );
        let suspects = text("#/embed?figure=suspects", "frame");
        assert!(!suspects.contains("sandbox"), "{suspects}");
        assert_eq!(escaped("a & \"b\" < c"), "a &amp; &quot;b&quot; &lt; c");
    }
}
