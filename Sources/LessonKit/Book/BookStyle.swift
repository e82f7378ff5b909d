/// The stylesheet of every page.
enum BookStyle {
  /// One colour a symbol: q blue, p orange, a bound green, the evidence as the text itself.
  static let text = """
    :root{--bg:#fffefb;--fg:#1c1b19;--dim:#5c5953;--line:#d9d5cc;--soft:#f4f1e9;--q:#1659b8;\
    --p:#a94f00;--bound:#18703a;--bad:#b3261e;--good:#18703a;--add:#fde8e6;--del:#e4f2e6}
    @media (prefers-color-scheme:dark){:root{--bg:#15171b;--fg:#e8e5de;--dim:#a8a49b;--line:#3a3d43;\
    --soft:#1e2126;--q:#82b4ff;--p:#ffb26b;--bound:#74d391;--bad:#ff8a80;--good:#74d391;\
    --add:#43201f;--del:#1c3524}}
    *{box-sizing:border-box}
    html{background:var(--bg);color:var(--fg);font:100%/1.55 Georgia,"Noto Serif","DejaVu Serif",\
    serif;-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0 auto;padding:1rem;max-width:40em}
    main{min-width:0}
    a{color:inherit;text-decoration:underline;text-decoration-color:var(--line);\
    text-underline-offset:.18em}
    a:hover,a:focus-visible{text-decoration-color:currentColor}
    :target{background:var(--soft)}
    h1{font-size:1.9rem;line-height:1.2;margin:.6em 0 .2em}
    h2{font-size:1.4rem;line-height:1.25;margin:2.6em 0 .5em;padding-top:.6em;\
    border-top:1px solid var(--line)}
    h3{font-size:1.12rem;margin:1.9em 0 .5em}
    h4{font-size:1rem;margin:0 0 .3em}
    h2 a,h3 a,h4 a,summary a{text-decoration:none}
    p,ul,ol,dl{margin:.75em 0}
    ul,ol{padding-left:1.3em}
    li{margin:.35em 0}
    math{font-family:"STIX Two Math","Latin Modern Math","Cambria Math","DejaVu Math TeX Gyre",math;\
    font-size:1.04em;overflow-wrap:normal}
    code,pre,.n{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:.86em}
    main{overflow-wrap:anywhere}
    pre{overflow-x:auto;background:var(--soft);padding:.7em .9em;margin:.4em 0;line-height:1.45}
    pre{overflow-wrap:normal}pre code{font-size:.94em}td>a{white-space:nowrap}td.n,th{overflow-wrap:normal}
    .q{color:var(--q)}.p{color:var(--p)}.bound{color:var(--bound)}.evidence{color:var(--fg)}
    .neutral{color:var(--dim)}.grid{color:var(--line)}.axis{color:var(--dim)}
    .label{color:var(--fg)}
    .bad{color:var(--bad)}.good{color:var(--good)}.dim,.foot,figcaption,.comment{color:var(--dim)}
    .foot,figcaption,.dim,.why{font-size:.9em}
    .scroll{overflow-x:auto;overflow-y:hidden}
    .display{text-align:center;margin:.9em 0}
    svg{display:block;width:100%;height:auto;max-width:40em;margin:.4em 0}
    svg text{fill:currentColor}
    figure{margin:1.3em 0}
    figcaption b{color:var(--fg);font-size:1.08em}
    table{border-collapse:collapse;font-size:.95em}
    th{font-weight:normal;color:var(--dim);text-align:left;font-size:.9em;vertical-align:bottom}
    th,td{padding:.22em .7em .22em 0}
    thead th{border-bottom:1px solid var(--line)}
    td{vertical-align:top}
    td.n,th.n{text-align:right;white-space:nowrap}
    th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer}
    .sortable td{vertical-align:baseline}
    th[aria-sort] button{color:var(--fg)}
    th[aria-sort=ascending] button::after{content:" ↑"}th[aria-sort=descending] button::after{content:" ↓"}
    .given{background:var(--soft);border-left:3px solid var(--line);padding:.45em .8em;margin:.8em 0;\
    font-size:.95em}
    .value{display:inline-block;margin-right:1em;max-width:100%}
    .symbols{display:grid;grid-template-columns:minmax(4.5em,max-content) 1fr;gap:.2em 1.1em;\
    font-size:.95em;border-left:3px solid var(--line);padding-left:.8em}
    .symbols dd{margin:0;min-width:0}.symbols dt{min-width:0;max-width:13em;overflow-x:auto;overflow-y:hidden}
    .chain{width:100%;margin:1em 0 .3em}
    .chain td{padding-top:.3em;padding-bottom:.3em}
    .chain .f{max-width:34em}
    .chain .f:first-child{padding-right:.2em}
    .chain .rel{width:1.4em;padding-right:.2em;text-align:center}
    .chain .why{color:var(--dim)}
    .chain .because td{padding-top:0;padding-left:1.9em}
    .chain.wide td.n{vertical-align:bottom}
    .chain .n.long{color:var(--fg)}
    span.long{display:inline-block;max-width:100%;overflow-x:auto;overflow-y:hidden;\
    vertical-align:bottom}
    .held{margin:.2em 0 1em;color:var(--dim);font-size:.92em}
    .consequence{border-left:3px solid var(--line);padding-left:.8em;margin:.8em 0}
    .why{margin:.15em 0;color:var(--dim)}.why .n{color:var(--fg)}
    details{margin:.8em 0}
    summary{cursor:pointer}
    .folded>summary,.task>summary{color:var(--dim)}
    .folded>ul{list-style:none;padding-left:.9em;border-left:1px solid var(--line)}
    .folded>ul .given{background:none;border:0;padding:0;margin:.1em 0}
    del,ins{text-decoration:none;display:inline-block;min-width:100%}
    del{background:var(--del)}ins{background:var(--add)}
    .break{border:1px solid var(--line);border-radius:.4em;margin:1.2em 0;padding:.5em .9em;\
    display:flex;flex-wrap:wrap;gap:.4em;min-width:0}
    .break legend{font-weight:bold;padding:0 .4em}
    .break>label{border:1px solid var(--line);border-radius:1em;padding:.05em .75em;cursor:pointer;\
    font-size:.85em;order:0;position:relative}
    .break input{position:absolute;opacity:0;width:1px;height:1px}
    .break>label:has(:checked){background:var(--fg);color:var(--bg);border-color:var(--fg)}
    .break>label:has(:focus-visible){outline:2px solid var(--q);outline-offset:2px}
    .break>.panel{order:1;flex:0 0 100%;min-width:0}
    @supports selector(:has(a)){
    .break>.panel{display:none}
    .break>label:has(:checked)+.panel,.break>.panel:target{display:block}
    }
    .changed td.n{white-space:normal}
    .panel p{margin:.5em 0}.panel figure{margin:.6em 0}
    .try{border:1px solid var(--line);border-radius:.4em;padding:.8em .9em;margin:1.3em 0}
    .moving .slider{display:none}
    .moving{margin:1em 0 0}
    .live .slider{display:flex;flex-wrap:wrap;gap:.3em 1em;align-items:center}
    .live .grid-table{display:none}
    .slider input{flex:1 1 10em;min-width:8em;accent-color:var(--q)}
    .readings{flex:0 0 100%}
    .lessons{list-style:none;padding:0;counter-reset:none}
    .lessons>li{border-left:3px solid var(--q);padding:.1em 0 1.2em 1em;margin:0}
    .lessons h3{margin:0}
    .contents{font-size:.88em;border-bottom:1px solid var(--line);padding-bottom:.4em}
    .contents a{text-decoration:none}
    .contents a:hover{text-decoration:underline}
    .contents .pages a{display:inline-block;margin:0 .9em .2em 0}
    .contents ol{columns:2;padding-left:2em;margin:.4em 0}
    .contents li{margin:.15em 0;break-inside:avoid}
    .note{font-size:.82em;line-height:1.4;color:var(--dim);border-left:2px solid var(--line);\
    padding-left:.8em;margin:.8em 0}
    .note p{margin:.45em 0}
    .verdict{font-style:italic}
    .entry{margin:1.6em 0}
    .entry h3{margin:0 0 .3em}
    .entry dl{display:grid;grid-template-columns:max-content 1fr;gap:.15em 1em;margin:.3em 0;\
    font-size:.95em}
    .entry dt{color:var(--dim)}.entry dd{margin:0;min-width:0}
    @media (max-width:760px){
    .contents ol{columns:1}
    .chain,.chain tbody{display:block}
    .chain thead{display:none}
    .chain tr{display:flex;flex-wrap:wrap;align-items:baseline;border-bottom:1px dotted var(--line)}
    .chain tr.because{border:0;padding-bottom:.3em}
    .chain.wide tr{border:0}
    .chain td{padding-right:.4em;min-width:0}
    .chain .f{max-width:100%;flex:0 1 auto}
    .chain .f:empty{display:none}
    .chain td.n{margin-left:auto;padding-right:0;max-width:100%;white-space:normal;text-align:right}
    .chain .why{flex:0 0 100%;padding-left:1.4em}
    .picture .scroll svg{min-width:30em}
    .entry dl{grid-template-columns:1fr}.entry dd{margin-bottom:.4em}
    }
    @media (min-width:761px){
    .chain:not(.wide) .scroll,.chain .f:first-child:not([colspan]) .scroll{overflow:visible}
    .chain .f:first-child:not([colspan]){width:1%}
    body{max-width:57em;display:block}
    main{max-width:38em}
    .note{float:right;clear:right;width:16em;margin:.2em -18em .8em 1em}
    }
    @media (min-width:761px) and (max-width:940px){
    main{max-width:none}.note{float:none;width:auto;margin:.8em 0}
    }
    @media (max-width:940px){
    .inquiry{display:flex;flex-direction:column}
    .inquiry>*{min-width:0;max-width:100%}
    .inquiry>.note{order:1}
    }
    @media (min-width:1100px){
    body{max-width:69em;padding:0 .5em;display:grid;grid-template-columns:11em 38em 16em;\
    column-gap:1.4em}
    .contents{position:sticky;top:0;max-height:100vh;overflow-y:auto;align-self:start;border:0;\
    padding:1.5rem 0}
    .contents ol{columns:1}
    .contents .pages a{display:block;margin:0}
    .note{margin-right:-17.4em}
    }
    @media (min-width:1300px){body{max-width:76em;grid-template-columns:16em 38em 16em}}
    @media print{
    :root{--bg:#fff;--fg:#000;--soft:#fff}
    .contents,.slider,.break>label{display:none!important}
    .live .grid-table,.break>.panel{display:block!important}
    details>*{display:block!important}
    details::details-content{content-visibility:visible!important;display:block!important}
    h2,h3,figcaption{break-after:avoid}figure,.given,tr{break-inside:avoid}
    .note{float:none;width:auto;margin:.6em 0}
    body{display:block;max-width:none}
    .scroll,pre{overflow:visible;white-space:pre-wrap}
    }
    """
}
