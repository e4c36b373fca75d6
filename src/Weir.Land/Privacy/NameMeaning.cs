using Weir.Sources;

namespace Weir.Land.Privacy;

/// <summary>What a member's name lets one think of its value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">What it holds; null: nothing personal that is known.</param>
/// <param name="KindOfPerson">What it holds in an object about a person.</param>
/// <param name="IsPerson">Whether an object of this name is about a person.</param>
internal sealed record NameMeaning(string Name, PersonalKind? Kind, PersonalKind? KindOfPerson, bool IsPerson)
{
    public static NameMeaning Of(string name) => new(name, WellKnownFields.Of(name, ofPerson: false), WellKnownFields.Of(name, ofPerson: true), WellKnownFields.IsPerson(name));
}
