using Weir.Storage;

namespace Weir.Tests.Storage;

/// <summary>The machine's disk, with something that happens just before or after a folder is listed, and a note of every listing and reading.</summary>
public sealed class HookedDisk : PassingDisk
{
    /// <summary>Runs once, before the next listing by <see cref="Pattern"/>.</summary>
    public Action? BeforeList { get; set; }

    /// <summary>Runs once, after it.</summary>
    public Action? AfterList { get; set; }

    /// <summary>That listing finds nothing, as one may between a name that comes and one that goes.</summary>
    public bool Misses { get; set; }

    /// <summary>Which listings are meant; null: any.</summary>
    public string? Pattern { get; init; }

    public List<string> Listed { get; } = [];
    public List<string> Read { get; } = [];

    public override IReadOnlyList<string> List(string folder, string pattern = "*")
    {
        Listed.Add(folder);
        if (Pattern is not null && pattern != Pattern) return base.List(folder, pattern);
        var (before, after, misses) = (BeforeList, AfterList, Misses);
        (BeforeList, AfterList, Misses) = (null, null, false);
        before?.Invoke();
        var listed = misses ? [] : base.List(folder, pattern);
        after?.Invoke();
        return listed;
    }

    public override FileStream OpenRead(string path)
    {
        Read.Add(path);
        return base.OpenRead(path);
    }
}
