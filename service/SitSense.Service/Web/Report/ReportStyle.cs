namespace SitSense.Service.Web.Report;

/// <summary>How the page looks: on paper one sheet of A4, on a screen the same sheet.</summary>
static class ReportStyle
{
    public const string Css = """
        @page { size: A4 portrait; margin: 12mm }
        * { box-sizing: border-box; margin: 0; padding: 0; -webkit-print-color-adjust: exact; print-color-adjust: exact }
        html { background: #e9e6e0; color: #22252a; font: 8.6pt/1.35 system-ui, "Segoe UI", "DejaVu Sans", sans-serif }
        main { width: 210mm; max-width: 100%; margin: 6mm auto; padding: 12mm; background: #fff; box-shadow: 0 1px 8px #0003 }
        header { display: flex; justify-content: space-between; align-items: baseline; border-bottom: .5mm solid #22252a; padding-bottom: 2mm }
        h1 { font-size: 19pt; line-height: 1.1; overflow-wrap: anywhere }
        header p { font-size: 10.5pt; color: #4d525a; text-align: right; white-space: nowrap; padding-left: 6mm }
        h2 { font-size: 9.5pt; margin: 4.5mm 0 1.2mm } h2 span { font-weight: 400; color: #4d525a }
        dl { display: grid; grid-template-columns: repeat(6, 1fr); gap: 3mm; margin-top: 3.5mm }
        dl div { display: flex; flex-direction: column; border-left: .8mm solid #c2571a; padding-left: 2mm }
        dd { font-size: 14pt; font-weight: 650; white-space: nowrap; line-height: 1.15; order: -1 }
        dd.range, dd.change { order: 1; font-size: 7.6pt; font-weight: 400; line-height: 1.3; font-variant-numeric: tabular-nums } dd.range { margin-top: auto; padding-top: .8mm }
        dd.change { color: #4d525a } dd.shown { color: inherit; font-weight: 650 }
        dt, .note, footer, th, .scale, .name { color: #4d525a }
        dt { font-size: 7.6pt; line-height: 1.2 }
        .note { margin-top: 1.5mm; font-size: 7.6pt }
        table { width: 100%; border-collapse: collapse; table-layout: fixed; font-variant-numeric: tabular-nums }
        th { font-weight: 400; font-size: 7.2pt; text-align: right; vertical-align: bottom; padding-bottom: .6mm }
        td { text-align: right; padding: 0 0 0 1mm; white-space: nowrap } tbody { line-height: 1 }
        th:first-child { text-align: left; white-space: nowrap; width: 20mm }
        tbody th { font-size: inherit; color: inherit; vertical-align: middle; padding: 0 }
        .strip { width: 86mm; padding: .45mm 0 }
        .strip svg { display: block; width: 100%; height: var(--row) }
        .hours { display: flex; justify-content: space-between } .hours span { width: 0; display: flex; justify-content: center }
        .part { color: #6a6f77; font-style: italic } .free { color: #6a6f77 }
        .unknown { fill: #f0ede7 } .up { fill: #2b8c85 } .short { fill: #eda774 } .long { fill: #b84a10 }
        .outside { fill: #fff; opacity: .72 }
        .due { fill: #d5e6e4; stroke: #2b8c85; stroke-width: .6 }
        .hour { stroke: #22252a; stroke-width: .6; opacity: .35 }
        .hatch { stroke: #fff; stroke-width: 3.4 } rect.part { fill: url(#hatch); stroke: #b84a10; stroke-width: .8; stroke-dasharray: 2.5 1.5 }
        .pictures { display: grid; grid-template-columns: 1fr 1fr; gap: 7mm }
        .pictures svg { display: block; width: 100% }
        .pictures text { font-size: 8.4px; text-anchor: middle; fill: #22252a } .pictures text.scale { text-anchor: end; fill: #4d525a } .pictures text.name { fill: #4d525a }
        .pictures text.value { font-size: 7.4px; font-weight: 600; paint-order: stroke; stroke: #fff; stroke-width: 2px } .pictures text.part { fill: #6a6f77; font-weight: 400 }
        .mark { stroke: #ddd9d2; stroke-width: .6 } .guide { stroke: #22252a; stroke-width: 1.2; stroke-dasharray: 5 3 }
        .legend { display: flex; flex-wrap: wrap; gap: 0 5mm; margin-top: 1.5mm; list-style: none; font-size: 7.6pt; color: #4d525a }
        .legend svg { width: 4.5mm; height: 2.6mm; margin-right: 1.2mm; vertical-align: -.2mm }
        footer { margin-top: 3.5mm; border-top: .25mm solid #c9c4bb; padding-top: 2mm; font-size: 7.2pt }
        footer p + p { margin-top: .8mm }
        @media screen and (max-width: 210mm) {
          main { margin: 0; padding: 4mm }
          header { flex-wrap: wrap } header p { text-align: left; white-space: normal; padding: 1mm 0 0; overflow-wrap: anywhere }
          dl { grid-template-columns: repeat(auto-fit, minmax(min(34mm, 100%), 1fr)) }
          .pictures { grid-template-columns: repeat(auto-fit, minmax(min(70mm, 100%), 1fr)); gap: 0 5mm }
          .days { overflow-x: auto } .days table { width: 186mm }
          tbody th { position: sticky; left: 0; background: #fff }
        }
        @media print { html { background: none } main { margin: 0; padding: 0; width: auto; box-shadow: none } }
        """;
}
