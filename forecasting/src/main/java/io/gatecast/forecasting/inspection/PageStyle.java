package io.gatecast.forecasting.inspection;

/** The style of pages: readable in light and dark, on narrow screens and on paper. */
final class PageStyle {
  static final String CSS =
      """
      :root { color-scheme: light dark; --ink: #1c2330; --soft: #5d6778; --back: #ffffff;
        --card: #f5f7fa; --edge: #d9dfe8; --line: #1f66c1; --band: #9fc1ec; --gap: #c9ced6;
        --bad: #c62f2f; --mended: #b77800; --doubt: #8a4fc7; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf1; --soft: #9aa5b6;
        --back: #12161d; --card: #1b212b; --edge: #313a48; --line: #6fb0ff; --band: #2f568a;
        --gap: #454e5c; --bad: #ff7b72; --mended: #e3b341; --doubt: #c297ff; } }
      body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--back);
        max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { margin: 0; } h2 { margin: 2rem 0 .6rem; font-size: 1.2rem; }
      h3 { margin: 1.4rem 0 .5rem; font-size: 1rem; }
      small, .sub, .legend { color: var(--soft); font-weight: normal; }
      .tiles { display: flex; flex-wrap: wrap; gap: .6rem; }
      .tile { background: var(--card); border: 1px solid var(--edge); border-radius: 6px;
        padding: .5rem .9rem; }
      .tile b { display: block; font-size: 1.15rem; } .tile span { color: var(--soft); }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; padding: .25rem .8rem .25rem 0; vertical-align: top;
        border-bottom: 1px solid var(--edge); }
      td { overflow-wrap: break-word; }
      th { color: var(--soft); font-weight: 600; white-space: nowrap; }
      .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      .plots { display: grid; gap: .8rem;
        grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); }
      figure { margin: 0; background: var(--card); border: 1px solid var(--edge);
        border-radius: 6px; padding: .6rem .8rem; }
      figcaption { display: flex; margin-bottom: .3rem; }
      figcaption span { margin-left: auto; color: var(--soft); }
      figure p { margin: .2rem 0 0; color: var(--soft); } figure p b { color: var(--ink); }
      svg { display: block; width: 100%; height: 8rem; background: var(--back);
        border: 1px solid var(--edge); box-sizing: border-box; }
      svg path { fill: none; vector-effect: non-scaling-stroke; }
      svg .gap { fill: var(--gap); } svg .line { stroke: var(--line); stroke-width: 1.3; }
      svg .band { stroke: var(--band); vector-effect: none; }
      svg .mark { stroke-width: 2; }
      svg .rejected { stroke: var(--bad); } svg .repaired { stroke: var(--mended); }
      svg .suspected { stroke: var(--doubt); }
      td .rejected { color: var(--bad); } td .repaired { color: var(--mended); }
      td .suspected { color: var(--doubt); }
      .ends { display: flex; justify-content: space-between; color: var(--soft);
        font-size: .8rem; }
      .key { display: inline-block; width: .9rem; height: .6rem; margin: 0 .3rem 0 .8rem; }
      .key.mean { background: var(--line); height: 2px; vertical-align: middle; }
      .key.band { background: var(--band); } .key.gap { background: var(--gap); }
      .key.rejected { background: var(--bad); } .key.repaired { background: var(--mended); }
      .key.suspected { background: var(--doubt); }
      ul { list-style: none; margin: 0; padding: 0; }
      li { position: relative; } li b { color: var(--soft); font-weight: normal; }
      .bar { display: inline-block; height: .6rem; background: var(--band); }
      details { margin: 2rem 0; } summary { cursor: pointer; font-weight: 600; }
      """;

  private PageStyle() {}
}
