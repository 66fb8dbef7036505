namespace Orleans.Story.Rules.Exports.Retold;

/// <summary>How the page of a retelling looks: a dark room, each beat in the colours of its place. No address in it is fetched.</summary>
internal static class RetoldStyle
{
    internal const string Css = """
        :root { color-scheme: dark; --ink: #ece5d8; --dim: #a49b8b; --rule: #37312a; --accent: #e0a44a; --alarm: #ff9a84; --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'Source Serif 4', Georgia, 'Songti SC', 'Noto Serif CJK SC', 'Source Han Serif SC', SimSun, serif; --sans: system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif; }
        * { box-sizing: border-box; margin: 0; padding: 0; }
        body { background: #0b0a08; color: var(--ink); font: 400 1rem/1.55 var(--sans); overflow-wrap: anywhere; }
        header, main { width: min(100% - 2rem, 84rem); margin-inline: auto; }
        header { display: grid; gap: 0.9rem; padding-block: 2.5rem 2rem; }
        h1 { font: 400 clamp(2rem, 6vw, 3.4rem)/1.12 var(--serif); text-wrap: balance; }
        .lead { max-width: 46rem; color: var(--dim); font: 400 1.05rem/1.5 var(--serif); text-wrap: pretty; }
        .sum { color: var(--accent); }
        fieldset { border: 0; display: flex; gap: 0.25rem; justify-self: end; }
        legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        label { display: flex; align-items: center; gap: 0.45rem; min-height: 2.75rem; padding-inline: 0.7rem; color: var(--dim); cursor: pointer; }
        label:has(:checked) { color: var(--ink); }
        input { accent-color: var(--accent); }
        body:has(#zh:checked) .en, body:not(:has(#zh:checked)) .zh { display: none; }
        main { display: grid; gap: 1.75rem; padding-bottom: 4rem; }
        section { --soft: color-mix(in srgb, var(--words) 78%, var(--ground)); --line: color-mix(in srgb, var(--words) 24%, var(--ground)); background: var(--ground); color: var(--words); border-radius: 0.6rem; padding: clamp(1rem, 3vw, 2rem); display: grid; gap: 0.5rem 1rem; }
        h2 { font: 700 1.02rem/1.35 var(--serif); letter-spacing: 0.02em; }
        .why { font: italic 400 0.95rem/1.45 var(--serif); color: var(--soft); max-width: 46rem; }
        .why .zh { font-style: normal; }
        .pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0; margin-top: 0.75rem; }
        article { display: grid; gap: 0.7rem; align-content: start; padding-right: clamp(0.75rem, 2vw, 2rem); }
        article + article { padding: 0 0 0 clamp(0.75rem, 2vw, 2rem); border-left: 1px solid var(--line); }
        h3 { font: 400 0.85rem/1.4 var(--sans); color: var(--soft); padding-bottom: 0.45rem; border-bottom: 1px solid var(--line); }
        h3 small { color: var(--light); font-size: 1em; margin-left: 0.5em; }
        .line { font: 400 1.08rem/1.5 var(--serif); }
        .said { padding-left: 1.6em; }
        .line b { display: block; font: 400 0.8rem/1.4 var(--sans); color: var(--light); }
        .line small { margin-left: 0.6em; font: 400 0.75rem/1.4 var(--sans); color: var(--light); }
        .same { color: var(--soft); }
        .question { margin-top: 0.5rem; padding-top: 0.7rem; border-top: 1px solid var(--line); font: italic 400 1.05rem/1.4 var(--serif); }
        :lang(zh) .question { font-style: normal; }
        ol { list-style: none; display: grid; gap: 0.35rem; }
        li { display: grid; grid-template-columns: 1.6rem minmax(0, 1fr) auto; gap: 0.5rem; color: var(--soft); align-items: baseline; }
        li i { font: 400 0.85rem/1.6 var(--sans); text-align: center; border: 1px solid var(--line); border-radius: 0.3rem; }
        .taken { color: var(--words); }
        .taken i { background: var(--light); border-color: var(--light); color: var(--ground); font-weight: 700; }
        .trouble { color: var(--alarm); border: 1px solid var(--alarm); border-radius: 0.4rem; padding: 0.5rem 0.8rem; font-size: 0.92rem; background: #1c100d; }
        @media (max-width: 46rem) { .pair { grid-template-columns: minmax(0, 1fr); gap: 1.75rem; } article { padding: 0; } article + article { padding: 1.5rem 0 0; border-left: 0; border-top: 1px solid var(--line); } }
        @media print { body { background: #fff; color: #000; } section { break-inside: avoid; } fieldset { display: none; } }
        """;
}
