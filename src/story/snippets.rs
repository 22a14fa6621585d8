//! What an author pastes: the figure in a page, or the state somewhere else.

use super::{cite, embedding, figure};
use crate::arith::{Accumulator, Cpu, Family, Lane, QType, Rescale};
use crate::state::{Derived, Direction, FigureKind, State, Visibility, describe, link, number};

pub use super::snippet::{Group, Once, Pinned, SOMEWHERE, Site, Snippet};

/// Every snippet of what a state says to make a figure of. `derived` belongs to the page that the
/// figure is taken from: what [`figure::whole`] gives, [`figure::opened`]. For parts of the Lab
/// that has the layer of `state` itself.
pub fn snippets(state: &State, derived: &Derived, site: impl Into<Site>) -> Vec<Snippet> {
    let site = site.into();
    let whole = figure::whole(&figure::written(state));
    let link = format!("{}{}", site.page, link::write(&whole));
    let shown = &figure::opened(&whole);
    let has_layer = state.figure.kind != FigureKind::Suspects;
    let share = |key, title, place, text: String| {
        let group = Group::Share;
        Snippet { key, title, group, place, once: None, text: Ok(text) }
    };
    let numbers = |key, title, place, text: &dyn Fn() -> Result<String, &'static str>| {
        let text = if has_layer { text() } else { Err(RECORDED) };
        Snippet { key, title, group: Group::Numbers, place, once: None, text }
    };
    let mut all = embedding::lines(state, &site);
    all.extend([
        share("link", "a link", "It opens the whole page.", link.clone()),
        share(
            "issue",
            "an issue, in Markdown",
            "In an issue or a forum. Save the picture and drop it below the text: forges take no pictures within a text.",
            issue(state, derived, &link),
        ),
        share("citation", "a list of references", "As it stands.", cite::line(&link)),
        share("bibtex", "BibTeX", "In a .bib file.", cite::bibtex(&link)),
        numbers("numpy", "NumPy", "A script of its own.", &|| numpy(shown, derived, &link)),
        numbers(
            "pytorch",
            "PyTorch",
            "A script of its own; the library is told which instructions to use before it is loaded.",
            &|| pytorch(shown, derived, &link),
        ),
        numbers("onnxruntime", "ONNX Runtime", "A script of its own.", &|| {
            onnx_runtime(shown, derived, &link)
        }),
        numbers("rust", "Rust (this crate)", "In a program beside a copy of this crate.", &|| {
            Ok(rust(shown, &link))
        }),
    ]);
    all
}

const RECORDED: &str =
    "The suspects are held against recordings, not against a layer that could be made elsewhere.";

/// What an issue wants to know: the engine, the output, where it bends, and the link.
fn issue(state: &State, derived: &Derived, link: &str) -> String {
    if state.figure.kind != FigureKind::Parts {
        return format!("{}: {link}", figure::title(state));
    }
    let summary = describe::summary(state, derived);
    let seen: Vec<String> = derived
        .chosen(state)
        .kinks
        .iter()
        .filter(|kink| kink.shown(state) == Visibility::Visible)
        .map(|kink| {
            let code = kink.code.map_or(String::new(), |code| format!("code {code}, "));
            format!("x = {} ({code}{})", number::fixed(kink.at, 3), describe::effect(kink))
        })
        .collect();
    let kinks = match seen.as_slice() {
        [] => String::new(),
        [one] => format!(" Kink at {one}."),
        [more @ .., last] => format!(" Kinks at {} and {last}.", more.join(", ")),
    };
    format!("{summary}{kinks}\n\n[The figure, to see and to move]({link})")
}

fn rust(state: &State, link: &str) -> String {
    format!(
        "// Cargo.toml: rampscope = {{ path = \"../rampscope\", default-features = false }}\nuse rampscope::state::Deriver;\n\n// {link}\nlet (state, _) = rampscope::state::link::read(\"{}\");\nlet derived = Deriver::default().derive(&state);\nprintln!(\"{{:?}}\", derived.chosen(&state).curve().code);",
        link::write(state)
    )
}

const EQUAL: &str = "These lines are made for all inputs being equal.";

fn numpy(state: &State, derived: &Derived, link: &str) -> Result<String, &'static str> {
    let (engine, layer) = (state.arithmetic.engine, &derived.layer);
    let rule = state.arithmetic.rescale.or(engine.rescale());
    if state.sweep.direction != Direction::All {
        return Err(EQUAL);
    }
    if layer.bias.is_some() || layer.relu {
        return Err("These lines have no bias and no relu.");
    }
    let multiplier = match rule {
        Some(Rescale::Fbgemm | Rescale::OnnxRuntime) => "x_scale * w_scale / y_scale",
        Some(Rescale::Qnnpack) => "x_scale * w_scale * (np.float32(1) / y_scale)",
        _ => {
            return Err(
                "These lines rescale as FBGEMM, QNNPACK and ONNX Runtime do; this engine does not.",
            );
        }
    };
    let sums = match engine.raw_accumulator(layer) {
        Some(Accumulator { lane: Lane::Exact, signed_inputs: false, .. }) => "pairs",
        Some(Accumulator::PAIR_SATURATING) => "np.clip(pairs, -32768, 32767)  # vpmaddubsw",
        _ => {
            return Err(
                "These lines add exactly or with saturating pairs; this engine does neither.",
            );
        }
    };
    let (weight, output) = (layer.weight_param(state.picture.output), state.picture.output);
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
y = np.rint(acc.astype(np.float32) * ({multiplier})) + y_zero_point
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
    if state.sweep.direction != Direction::All {
        return Err(EQUAL);
    }
    if state.arithmetic.rescale.is_some_and(|rule| Some(rule) != state.arithmetic.engine.rescale())
    {
        return Err("PyTorch rescales in its own way; leave the rule to the engine.");
    }
    if layer.activation_codes != QType::QUInt8.range() {
        return Err(
            "A quantized layer of PyTorch clamps to 0 to 255, not to the observer’s codes.",
        );
    }
    let (engine, instructions) =
        match (state.arithmetic.engine.family(), state.arithmetic.engine.cpu()) {
            (Family::FbgemmLinear, Cpu::Avx2) => ("fbgemm", Some("AVX2")),
            (Family::FbgemmLinear, Cpu::Avx512) => ("fbgemm", Some("AVX512")),
            (Family::FbgemmLinear, Cpu::Avx512Vnni) => ("fbgemm", Some("AVX512_E1")),
            (Family::QnnpackLinear, _) => ("qnnpack", None),
            _ => return Err("These lines are for static layers of FBGEMM and QNNPACK."),
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
        output = state.picture.output,
    ))
}

fn onnx_runtime(state: &State, derived: &Derived, link: &str) -> Result<String, &'static str> {
    let layer = &derived.layer;
    if state.sweep.direction != Direction::All {
        return Err(EQUAL);
    }
    let weight = layer.weight_param(state.picture.output);
    Ok(format!(
        r#"import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

# {link}
# Accumulators of MatMulInteger u8 × s8, which has no output code; saturated on x86 without VNNI.
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
        w = layer.row(state.picture.output),
        inputs = layer.inputs,
        x_zp = layer.input.zero_point,
        w_zp = weight.zero_point,
        output = state.picture.output,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Deriver;

    fn of(fragment: &str) -> Vec<Snippet> {
        let (state, problems) = link::read(fragment);
        assert_eq!(problems, []);
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
        assert!(element.contains("<ramp-scope reduce-range=\"1\" inputs=\"2\""), "{element}");
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
    fn an_issue_has_the_numbers_that_matter() {
        let all = of("#/embed");
        let issue = text(&all, "issue").as_ref().expect("every state has one");
        assert_eq!(
            issue,
            "Output 2 with FBGEMM (AVX2) bends twice. It lies up to 85 output codes too low. First wrong output: input code 171, x = 1.129. Kinks at x = 1.105 (code 170, shallower) and x = 2.811 (code 241, turned).\n\n[The figure, to see and to move](https://example.org/rampscope/#/lab)"
        );
        let step = of("#/embed?figure=step&page=3");
        assert_eq!(
            text(&step, "issue").as_deref(),
            Ok(
                "Eight bits times eight bits, and the pair: https://example.org/rampscope/#/story?v=1&page=3"
            )
        );
    }

    #[test]
    fn a_step_has_its_own_layer_elsewhere_and_the_suspects_have_none() {
        let (state, _) = link::read("#/embed?figure=step&page=3");
        let shown = figure::opened(&figure::whole(&figure::written(&state)));
        let all = snippets(&state, &Deriver::default().derive(&shown), SOMEWHERE);
        let numpy = text(&all, "numpy").as_ref().expect("a step has a layer");
        assert!(numpy.contains("w = np.array([127, 127])"), "{numpy}");
        let rust = text(&all, "rust").as_ref().expect("a step has a layer");
        assert!(rust.starts_with("// Cargo.toml: rampscope = { path = "), "{rust}");
        assert!(rust.contains("inputs=2") && !rust.contains("steps="), "{rust}");
        assert!(text(&of("#/embed?figure=suspects"), "numpy").is_err());
    }

    #[test]
    fn every_snippet_says_where_it_goes_and_has_a_group_of_the_menu() {
        for one in of("#/embed") {
            assert!(one.place.ends_with('.'), "{}", one.key);
            assert!(Group::ALL.iter().any(|(group, _)| *group == one.group));
        }
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
