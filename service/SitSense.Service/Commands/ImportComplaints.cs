namespace SitSense.Service.Commands;

/// <summary>What was wrong with a file's lines: the first few are told, all are counted.</summary>
sealed class ImportComplaints(TextWriter error, string path)
{
    const int Told = 10;

    /// <summary>How many lines were wrong.</summary>
    public int Count { get; private set; }

    /// <summary>Notes a wrong line.</summary>
    public void Add(int line, string what)
    {
        if (++Count <= Told)
            error.WriteLine($"{path}, line {line}: {what}");
        else if (Count == Told + 1)
            error.WriteLine($"{path}: more lines are wrong; they are counted.");
    }
}
