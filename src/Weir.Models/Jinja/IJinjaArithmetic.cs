namespace Weir.Models.Jinja;

/// <summary>A host's value that takes part in <c>+</c> and <c>-</c> on either side.</summary>
internal interface IJinjaArithmetic
{
    /// <summary>The result; null when these two cannot be combined.</summary>
    object? Combine(string sign, object? left, object? right);
}
