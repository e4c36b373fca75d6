using Weir.Sources;

namespace Weir.Land.Privacy;

/// <summary>Where in an event a value stands.</summary>
/// <param name="Fields">What its contract says of it and what is below.</param>
/// <param name="Kind">What it holds; null: nothing personal that is known.</param>
/// <param name="OfPerson">Whether it is about a person.</param>
internal readonly record struct Place(PersonalFields? Fields, PersonalKind? Kind, bool OfPerson)
{
    /// <summary>A column, or the member of an object that nothing is known of.</summary>
    public static Place Of(string name, PersonalFields? fields) => new Place(fields, null, false).Member(name);

    /// <summary>A contract's word counts before what the object around it is, and that before what a name lets one think.</summary>
    public Place Member(string name)
    {
        var field = Fields?.Member(name);
        return new Place(field, field?.Kind ?? Kind ?? WellKnownFields.Of(name, OfPerson), OfPerson || WellKnownFields.IsPerson(name));
    }

    /// <summary>As by its name alone, whose meaning is known.</summary>
    public Place Member(NameMeaning name)
    {
        var field = Fields?.Member(name.Name);
        return new Place(field, field?.Kind ?? Kind ?? (OfPerson ? name.KindOfPerson : name.Kind), OfPerson || name.IsPerson);
    }

    public Place Element() => new(Fields?.Each, Fields?.Each?.Kind ?? Kind, OfPerson);
}
