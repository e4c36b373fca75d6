namespace Weir.Land.Evaluate;

/// <summary>One received version of an entity: the declared fields.</summary>
/// <param name="Values">
/// Aligned with the source's fields; null, or by the field's kind: <see cref="string"/> (text, JSON), <see cref="int"/>, <see cref="long"/>, <see cref="double"/>,
/// <see cref="decimal"/>, <see cref="bool"/>, <see cref="DateOnly"/>, <see cref="DateTime"/> (UTC, whole microseconds).
/// </param>
internal sealed record EntityRow(object?[] Values);
