using System.Text.Json;
using Weir.Land.Contracts.Reading;
using Weir.Sources;

namespace Weir.Land.Contracts.Schemas;

/// <summary>What a schema's <c>x-weir</c> says of a field.</summary>
/// <param name="Path">The field.</param>
/// <param name="Pii">What personal data it is; null: not said.</param>
/// <param name="Default">What is taken where nothing was sent; null: nothing.</param>
/// <param name="Unit">What its number counts; null: not said.</param>
/// <param name="At">Where the file says so.</param>
internal sealed record FieldAnnotation(FieldPath Path, PersonalKind? Pii, JsonElement? Default, string? Unit, SourceValue At);
