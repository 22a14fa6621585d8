//! Prints what JavaScript may give and gets, as JSON: the parameters of a state, the arguments of calls, and the
//! keys of what there are a few of. The build makes types, checks and the element's attributes of it
//! (`tools/dev/interface.mjs`): `cargo run --no-default-features --example interface`.

use rampscope::api::arguments::{
    Argument, Convolution, Observer, QParams, Quantization, Run, Shape,
};
use rampscope::arith::{ConvEngine, Engine, Rescale, TorchVersion};
use rampscope::explain;
use rampscope::machine::Class;
use rampscope::state::State;
use rampscope::state::choices::{Choice, Kernel, Keyed, Part};
use rampscope::state::schema::{Kind, PARAMETERS, Parameter, Value};
use serde_json::json;

fn main() {
    let mut provenances: Vec<&str> = Engine::ALL.iter().map(|one| one.provenance().key()).collect();
    provenances.sort_unstable();
    provenances.dedup();
    let call = |tables: &[&[Argument]]| json!(tables.concat());
    let printed = json!({
        "keys": {
            "EngineKey": Engine::ALL.iter().map(|one| one.key()).collect::<Vec<_>>(),
            "ConvEngineKey": ConvEngine::ALL.map(|(key, _)| key),
            "Rescale": keys(&Option::<Rescale>::menu()),
            "Kernel": keys(&Kernel::menu()),
            "TorchVersion": TorchVersion::ALL.map(|one| one.key()),
            "Part": keys(&Part::menu()),
            "Provenance": provenances,
            "FindingCode": explain::Code::ALL.map(|one| one.key()),
            "ArithmeticClass": Class::ALL.iter().map(|one| one.key()).collect::<Vec<_>>(),
            "ParameterKey": PARAMETERS.iter().map(|one| one.key.as_str()).collect::<Vec<_>>(),
        },
        "arguments": {
            "QParams": call(&[QParams::ARGUMENTS]),
            "Observer": call(&[Observer::ARGUMENTS]),
            "Quantization": call(&[Quantization::ARGUMENTS]),
            "Shape": call(&[Shape::ARGUMENTS]),
            "Run": call(&[Run::ARGUMENTS]),
            "Convolution": call(&[Convolution::ARGUMENTS]),
        },
        "calls": {
            "PARAMS": call(&[QParams::ARGUMENTS]),
            "OBSERVED": call(&[Observer::ARGUMENTS]),
            "LAYER": call(&[Shape::ARGUMENTS, Run::ARGUMENTS, Quantization::ARGUMENTS]),
            "CONV": call(&[Convolution::ARGUMENTS, Quantization::ARGUMENTS]),
        },
        "parameters": PARAMETERS.iter().map(parameter).collect::<Vec<_>>(),
    });
    println!("{printed}");
}

fn keys(menu: &[Choice]) -> Vec<&'static str> {
    menu.iter().map(|choice| choice.key).collect()
}

fn parameter(parameter: &Parameter) -> serde_json::Value {
    let (kind, values) = parameter.kind.in_words();
    let list = match parameter.kind {
        Kind::Choice(list) | Kind::Choices(list) => Some(keys(&list())),
        _ => None,
    };
    let default = parameter.get(&State::default());
    json!({
        "key": parameter.key.as_str(),
        "label": parameter.label,
        "unit": parameter.unit,
        "help": parameter.help,
        "type": kind,
        "values": values,
        "keys": list,
        "is_auto": parameter.auto.is_some(),
        "default": default.as_ref().map_or_else(|| "auto".to_string(), Value::to_string),
    })
}
