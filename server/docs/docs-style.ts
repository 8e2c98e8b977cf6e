// Style of the page at /docs: light and dark by the reader's setting, readable on a phone.
export const docsStyle = `
:root { color-scheme: light dark; --line: light-dark(#d8dce2, #3a404a); --soft: light-dark(#f4f6f8, #1d2128); --accent: light-dark(#0b5cad, #7db8f5); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; color: light-dark(#1a1d21, #e6e8eb); background: light-dark(#fff, #14171b); }
a { color: var(--accent); }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; border-bottom: 1px solid var(--line); }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; padding: .2rem .8rem; }
summary { cursor: pointer; padding: .3rem 0; }
summary code { font-weight: 600; } .method { display: inline-block; min-width: 3.2rem; color: var(--accent); font-weight: 700; text-transform: uppercase; }
pre { background: var(--soft); padding: .7rem; overflow: auto; max-height: 24rem; border-radius: .3rem; font-size: .85rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid var(--line); }
`;
