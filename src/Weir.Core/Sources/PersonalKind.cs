namespace Weir.Sources;

/// <summary>What personal data a field holds; what becomes of each kind an environment says.</summary>
public enum PersonalKind
{
    /// <summary>None, whatever the field's name lets one think.</summary>
    None,
    /// <summary>What identifies a person in some system.</summary>
    Id,
    /// <summary>A person's name.</summary>
    Name,
    /// <summary>An e-mail address.</summary>
    Email,
    /// <summary>A telephone number.</summary>
    Phone,
    /// <summary>Where somebody lives, or part of it.</summary>
    Address,
    /// <summary>An IP address.</summary>
    Ip,
    /// <summary>Text that people wrote, in which anything may stand.</summary>
    Text,
    /// <summary>Anything else about a person.</summary>
    Other,
}

/// <summary>The kinds as files name them.</summary>
public static class PersonalKinds
{
    /// <summary>By name: <c>none</c>, <c>id</c>, <c>email</c> …</summary>
    public static IReadOnlyDictionary<string, PersonalKind> ByName { get; } = Enum.GetValues<PersonalKind>().ToDictionary(k => k.ToString().ToLowerInvariant(), StringComparer.Ordinal);
}
