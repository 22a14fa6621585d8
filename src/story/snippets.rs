//! What an author pastes: the figure in a page, or the state somewhere else.

use crate::arith::{Accumulator, Engine, Rescale};
use crate::state::{Derived, Direction, State, View, describe, link};

/// Something to paste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// A stable name.
    pub key: &'static str,
    /// Where it goes.
    pub title: &'static str,
    /// The text, or why there is none for this state.
    pub text: Result<String, &'static str>,
}

/// Where a build is hosted, for the text of snippets while the page does not know.
pub const SOMEWHERE: &str = "https://example.org/rampscope/";

/// Every snippet of a state. `base`: the address of the page's folder, with its last `/`.
pub fn snippets(state: &State, derived: &Derived, base: &str) -> Vec<Snippet> {
    let framed = State { view: View::Lab, embed: true, ..state.clone() };
    let plain = State { view: View::Lab, embed: false, ..state.clone() };
    let page = State { focus: Vec::new(), controls: Vec::new(), ..plain.clone() };
    let link = format!("{base}{}", link::write(&page));
    let frame = format!(
        "<iframe src=\"{base}embed.html{}\"\n  title=\"A ramp of a quantized layer\" width=\"100%\" height=\"640\"\n  sandbox=\"allow-scripts\" loading=\"lazy\" style=\"border: 0\"></iframe>",
        link::write(&framed).replace('&', "&amp;")
    );
    let element =
        format!("<script type=\"module\" src=\"{base}element.js\"></script>\n{}", element(&plain));
    let sentence = describe::summary(state, derived);
    let markdown = format!("{sentence} [See it, and move it]({link}).");
    let indented =
        |text: &str| text.lines().map(|line| format!("   {line}")).collect::<Vec<_>>().join("\n");
    let ok = |key, title, text: String| Snippet { key, title, text: Ok(text) };
    let lab = format!("rampscope::state::link::read(\"{}\")", link::write(&page));
    vec![
        ok("link", "a link", link.clone()),
        ok("element", "HTML: an element", element.clone()),
        ok("frame", "HTML: a frame", frame.clone()),
        ok("issue", "Markdown, for an issue", markdown),
        ok("mdbook", "mdBook, Hugo with raw HTML", element),
        ok("sphinx", "Sphinx", format!(".. raw:: html\n\n{}", indented(&frame))),
        ok("mkdocs", "MkDocs", frame.clone()),
        ok(
            "docusaurus",
            "Docusaurus (MDX)",
            frame.replace("style=\"border: 0\"", "style={{border: 0}}"),
        ),
        ok(
            "jupyter",
            "Jupyter",
            format!(
                "from IPython.display import IFrame\nIFrame(\"{base}embed.html{}\", \"100%\", 640)",
                link::write(&framed)
            ),
        ),
        Snippet { key: "numpy", title: "NumPy", text: numpy(state, derived, &link) },
        Snippet { key: "pytorch", title: "PyTorch", text: pytorch(state, derived, &link) },
        Snippet {
            key: "onnxruntime",
            title: "ONNX Runtime",
            text: onnx_runtime(state, derived, &link),
        },
        ok(
            "rust",
            "Rust (this crate)",
            format!(
                "use rampscope::state::Deriver;\n\n// {link}\nlet (state, _) = {lab};\nlet derived = Deriver::default().derive(&state);\nprintln!(\"{{:?}}\", derived.chosen(&state).curve().code);"
            ),
        ),
    ]
}

/// The element with the state in its attributes.
fn element(state: &State) -> String {
    let patch = link::patch(&link::write(state));
    let attributes =
        patch.0.iter().filter(|(key, _)| key != "v" && key != "view").map(|(key, value)| {
            format!(" {}=\"{}\"", key.replace('_', "-"), value.replace('"', "&quot;"))
        });
    format!("<ramp-scope{}></ramp-scope>", attributes.collect::<String>())
}

const EQUAL: &str = "These lines are made for all inputs being equal.";

fn numpy(state: &State, derived: &Derived, link: &str) -> Result<String, &'static str> {
    let (engine, layer) = (state.engine, &derived.layer);
    let rule = state.rescale.or(engine.rescale());
    if state.direction != Direction::All {
        return Err(EQUAL);
    }
    if layer.bias.is_some() || layer.relu {
        return Err("These lines have no bias and no relu.");
    }
    if !matches!(rule, Some(Rescale::Fbgemm | Rescale::Qnnpack)) {
        return Err(
            "These lines rescale in float, as FBGEMM and QNNPACK do; this engine does not.",
        );
    }
    let sums = match engine.raw_accumulator(layer) {
        Some(Accumulator::Exact) => "pairs",
        Some(Accumulator::PairSaturating) => "np.clip(pairs, -32768, 32767)  # vpmaddubsw",
        _ => {
            return Err(
                "These lines add exactly or with saturating pairs; this engine does neither.",
            );
        }
    };
    let (weight, output) = (layer.weight_param(state.output), state.output);
    Ok(format!(
        r#"import numpy as np

# {link}
w = np.array({w:?})
x_scale, x_zero_point = np.float32({x_scale}), {x_zp}
w_scale, w_zero_point = np.float32({w_scale}), {w_zp}
y_scale, y_zero_point = np.float32({y_scale}), {y_zp}

x = np.arange(256)[:, None] * np.ones_like(w)  # all inputs equal
products = np.pad(x * w, ((0, 0), (0, len(w) % 2)))
pairs = products.reshape(256, -1, 2).sum(2)
pairs = {sums}
acc = pairs.sum(1) - x_zero_point * (w - w_zero_point).sum() - w_zero_point * x.sum(1)
y = np.rint(acc.astype(np.float32) * (x_scale * w_scale / y_scale)) + y_zero_point
print("output {output}:", np.clip(y, {qmin}, {qmax}).astype(int).tolist())
"#,
        w = layer.row(output),
        x_scale = layer.input.scale,
        x_zp = layer.input.zero_point,
        w_scale = weight.scale,
        w_zp = weight.zero_point,
        y_scale = layer.output.scale,
        y_zp = layer.output.zero_point,
        qmin = layer.activation_codes.qmin,
        qmax = layer.activation_codes.qmax,
    ))
}

fn pytorch(state: &State, derived: &Derived, link: &str) -> Result<String, &'static str> {
    let layer = &derived.layer;
    if state.direction != Direction::All {
        return Err(EQUAL);
    }
    if state.rescale.is_some_and(|rule| Some(rule) != state.engine.rescale()) {
        return Err("PyTorch rescales in its own way; leave the rule to the engine.");
    }
    let (engine, instructions) = match state.engine {
        Engine::FbgemmAvx2 => ("fbgemm", Some("AVX2")),
        Engine::FbgemmAvx512 => ("fbgemm", Some("AVX512")),
        Engine::FbgemmVnni => ("fbgemm", Some("AVX512_E1")),
        Engine::Qnnpack => ("qnnpack", None),
        _ => return Err("PyTorch has no such engine; choose one of FBGEMM or QNNPACK."),
    };
    let before = instructions.map_or(String::new(), |name| {
        format!("import os\nos.environ[\"FBGEMM_ENABLE_INSTRUCTIONS\"] = \"{name}\"  # before the import\n")
    });
    let rows: Vec<String> =
        layer.weights.chunks(layer.inputs).map(|row| format!("{row:?}")).collect();
    let (scales, zero_points): (Vec<f32>, Vec<i32>) =
        layer.weight_params.iter().map(|params| (params.scale, params.zero_point)).unzip();
    let weight = if layer.per_channel {
        format!(
            "torch._make_per_channel_quantized_tensor(w, torch.tensor({scales:?}, dtype=torch.double), torch.tensor({zero_points:?}), 0)"
        )
    } else {
        format!("torch._make_per_tensor_quantized_tensor(w, {}, {})", scales[0], zero_points[0])
    };
    let bias =
        layer.bias.as_ref().map_or("None".to_string(), |bias| format!("torch.tensor({bias:?})"));
    Ok(format!(
        r#"{before}import torch
torch.backends.quantized.engine = "{engine}"

# {link}
w = torch.tensor([{rows}], dtype=torch.int8)
weight = {weight}
layer = torch.ops.quantized.linear_prepack(weight, {bias})
codes = torch.arange(256, dtype=torch.uint8)[:, None].repeat(1, {inputs})  # all inputs equal
x = torch._make_per_tensor_quantized_tensor(codes, {x_scale}, {x_zp})
y = torch.ops.quantized.linear{relu}(x, layer, {y_scale}, {y_zp})
print("output {output}:", y.int_repr()[:, {output}].tolist())
"#,
        rows = rows.join(", "),
        inputs = layer.inputs,
        x_scale = layer.input.scale,
        x_zp = layer.input.zero_point,
        y_scale = layer.output.scale,
        y_zp = layer.output.zero_point,
        relu = if layer.relu { "_relu" } else { "" },
        output = state.output,
    ))
}

fn onnx_runtime(state: &State, derived: &Derived, link: &str) -> Result<String, &'static str> {
    let layer = &derived.layer;
    if state.direction != Direction::All {
        return Err(EQUAL);
    }
    let weight = layer.weight_param(state.output);
    Ok(format!(
        r#"import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

# {link}
# Accumulators of MatMulInteger, which has no output code; saturated on x86 without VNNI.
w = np.array({w:?}, np.int8)[:, None]
node = helper.make_node("MatMulInteger", ["x", "w", "x_zero_point", "w_zero_point"], ["y"])
graph = helper.make_graph(
    [node], "layer",
    [helper.make_tensor_value_info("x", TensorProto.UINT8, [256, {inputs}])],
    [helper.make_tensor_value_info("y", TensorProto.INT32, [256, 1])],
    [numpy_helper.from_array(value, name) for name, value in {{
        "w": w, "x_zero_point": np.uint8({x_zp}), "w_zero_point": np.int8({w_zp}),
    }}.items()],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
session = onnxruntime.InferenceSession(model.SerializeToString())
x = np.repeat(np.arange(256, dtype=np.uint8)[:, None], {inputs}, 1)  # all inputs equal
print("output {output}:", session.run(None, {{"x": x}})[0][:, 0].tolist())
"#,
        w = layer.row(state.output),
        inputs = layer.inputs,
        x_zp = layer.input.zero_point,
        w_zp = weight.zero_point,
        output = state.output,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Deriver;

    fn of(fragment: &str) -> Vec<Snippet> {
        let (state, report) = link::read(fragment);
        assert_eq!(report.problems, []);
        snippets(&state, &Deriver::default().derive(&state), SOMEWHERE)
    }

    fn text<'a>(all: &'a [Snippet], key: &str) -> &'a Result<String, &'static str> {
        &all.iter().find(|one| one.key == key).expect("it is there").text
    }

    #[test]
    fn a_figure_names_its_state() {
        let all =
            of("#/embed?v=1&focus=ramp,kinks&controls=at&lock=engine&inputs=2&reduce_range=1");
        let element = text(&all, "element").as_ref().expect("every state has one");
        assert!(
            element.contains("<ramp-scope reduce-range=\"1\" inputs=\"2\"")
                || element.contains("inputs=\"2\""),
            "{element}"
        );
        assert!(
            element.contains("focus=\"ramp,kinks\"") && !element.contains("view="),
            "{element}"
        );
        let frame = text(&all, "frame").as_ref().expect("every state has one");
        assert!(frame.contains("embed.html#/lab?v=1&amp;") && frame.contains("embed=1"), "{frame}");
        // The link goes to the whole page.
        let link = text(&all, "link").as_ref().expect("every state has one");
        assert!(!link.contains("focus") && link.starts_with(SOMEWHERE), "{link}");
    }

    #[test]
    fn what_cannot_be_said_elsewhere_is_told() {
        assert!(text(&of("#/lab?direction=one"), "numpy").is_err());
        assert!(text(&of("#/lab?engine=tflite_ruy"), "numpy").is_err());
        assert!(text(&of("#/lab?engine=xnnpack"), "pytorch").is_err());
        assert!(
            text(&of("#/lab?engine=qnnpack"), "pytorch")
                .as_ref()
                .is_ok_and(|text| !text.contains("os.environ"))
        );
        assert!(
            text(&of("#/lab"), "pytorch").as_ref().is_ok_and(|text| text.contains("= \"AVX2\""))
        );
    }
}
