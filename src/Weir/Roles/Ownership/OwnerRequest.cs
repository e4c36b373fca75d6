namespace Weir.Roles.Ownership;

/// <summary>A command for the owner to run.</summary>
/// <param name="Version">The caller's version.</param>
/// <param name="Arguments">What the command was given.</param>
/// <param name="Project">The project's folder, absolute: the caller's, not the owner's.</param>
/// <param name="Data">The data folder, absolute.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="Variables">The environment variables that the project names.</param>
/// <param name="Colours">Whether the caller's stderr shows colours.</param>
/// <param name="Width">How wide it is, in characters.</param>
internal sealed record OwnerRequest(
    string Version, IReadOnlyList<string> Arguments, string Project, string Data, string Environment, IReadOnlyDictionary<string, string> Variables, bool Colours, int Width);

/// <summary>A line of the owner's answer: one of these is set.</summary>
/// <param name="Out">Text for stdout.</param>
/// <param name="Error">Text for stderr.</param>
/// <param name="Begin">A step with progress begins; its title.</param>
/// <param name="Done">How much of the step is done, 0 to 1, with <paramref name="Text"/>.</param>
/// <param name="Text">What is at work.</param>
/// <param name="End">The step has ended.</param>
/// <param name="Exit">The command has ended, with this exit code.</param>
internal sealed record OwnerLine(string? Out = null, string? Error = null, string? Begin = null, double? Done = null, string? Text = null, bool? End = null, int? Exit = null);
