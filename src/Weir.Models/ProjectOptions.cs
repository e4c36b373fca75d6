namespace Weir.Models;

/// <summary>How a project is read.</summary>
public sealed record ProjectOptions
{
    /// <summary>Variables of the command line; they win over the project's own <c>vars:</c>.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; init; } = new Dictionary<string, object?>();

    /// <summary>What templates see as <c>target</c>.</summary>
    public ModelTarget Target { get; init; } = new("local");

    /// <summary>What templates warn of while the project is read fails it.</summary>
    public bool WarnError { get; init; }

    /// <summary>The command as templates see it in <c>flags.WHICH</c>: <c>build</c>, <c>run</c>, <c>ls</c> …</summary>
    public string Command { get; init; } = "build";
}
