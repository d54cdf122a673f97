using System.Globalization;

namespace SitSense.Service.Commands;

/// <summary>How far something is: a bar that is drawn over itself in a terminal, a line for each tenth elsewhere.</summary>
/// <param name="output">Where to.</param>
/// <param name="isTerminal">Whether a line can be drawn over.</param>
/// <param name="what">What is done.</param>
/// <param name="unit">Of what there are so many.</param>
/// <param name="total">How many.</param>
sealed class Progress(TextWriter output, bool isTerminal, string what, string unit, long total) : IDisposable
{
    const int Width = 30;

    long shown = -1;

    /// <summary>How many are done.</summary>
    public long Done { get; private set; }

    /// <summary>Tells that so many are done; more than there are is as many as there are.</summary>
    public void Report(long done)
    {
        Done = Math.Min(done, total);
        var percent = total == 0 ? 100 : Done * 100 / total;
        var step = isTerminal ? percent : percent / 10;
        if (step == shown)
            return;
        shown = step;
        var count = string.Create(CultureInfo.InvariantCulture, $"{percent,3} %, {Done} of {total} {unit}");
        var full = (int)(percent * Width / 100);
        if (isTerminal)
            output.Write($"\r{what} [{new string('#', full)}{new string('-', Width - full)}] {count}");
        else
            output.WriteLine($"{what}: {count.TrimStart()}");
    }

    /// <summary>Leaves the bar's line.</summary>
    public void Dispose()
    {
        if (isTerminal && shown >= 0)
            output.WriteLine();
    }
}
