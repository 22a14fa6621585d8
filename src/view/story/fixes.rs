//! [`FixTable`]: the ways out side by side, run on the thread's layer.

use yew::prelude::*;

use crate::state::number::short;
use crate::state::{Deriver, link};
use crate::story::FIXES;

/// Every way out: what it leaves of the kinks and of the error, when it works, when it does not,
/// what it costs. Run once, when it is first shown.
#[component]
pub fn FixTable() -> Html {
    let results = use_memo((), |()| {
        let mut deriver = Deriver::default();
        FIXES.iter().map(|fix| fix.result(&mut deriver)).collect::<Vec<_>>()
    });
    html! {
        <section class="panel fixes" aria-labelledby="fixes-title">
            <h2 id="fixes-title">{ "Ways out, on the thread’s layer" }</h2>
            <p class="hint">{ "Codes off: at most, from this layer with an exact sum, in its output codes, at inputs that calibration has seen." }</p>
            <ul id="fixes">
                { for FIXES.iter().zip(results.iter()).map(|(fix, result)| {
                    let kinks = match result.kinks {
                        0 => "no kink left".to_string(),
                        1 => "1 kink left".to_string(),
                        more => format!("{more} kinks"),
                    };
                    let off = match result.most_off {
                        0.0 => "0 codes off".to_string(),
                        off => format!("up to {} codes off", short(off)),
                    };
                    let class = classes!((result.kinks > 0).then_some("off"));
                    html! {
                        <li key={fix.name}>
                            <p class="fix-head"><b>{ fix.name }</b><span {class}>{ format!("{kinks}, {off}") }</span></p>
                            <dl>
                                <div><dt>{ "works" }</dt><dd>{ fix.works }</dd></div>
                                <div><dt>{ "does not" }</dt><dd>{ fix.fails }</dd></div>
                                <div><dt>{ "costs" }</dt><dd>{ fix.costs }</dd></div>
                            </dl>
                            if let Some(code) = fix.code {
                                <pre><code>{ code }</code></pre>
                            }
                            <p class="source">{ format!("Source: {}. ", fix.source) }<a href={link::write(&fix.state())}>{ "Open in the Lab" }</a></p>
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}
