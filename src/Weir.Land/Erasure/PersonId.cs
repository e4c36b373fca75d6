using System.Diagnostics.CodeAnalysis;

namespace Weir.Land.Erasure;

/// <summary>What identifies a person.</summary>
public enum PersonIdKind
{
    /// <summary>The id under which a customer is known: <c>user_id</c> of events; of entities the fields <c>user_id</c>, <c>customer_id</c>, and those marked <c>pii: id</c> that are of no other kind.</summary>
    User,
    /// <summary>The id of somebody who is not known: <c>anonymous_id</c>.</summary>
    Anonymous,
    /// <summary>A device's id: <c>device_id</c>.</summary>
    Device,
    /// <summary>The CRM's id: of entities the fields <c>contact_id</c> and <c>crm_id</c>.</summary>
    Crm,
    /// <summary>An e-mail address, wherever it stands.</summary>
    Email,
}

/// <summary>An id of a person.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The id; of an e-mail address the case does not matter.</param>
public sealed record PersonId(PersonIdKind Kind, string Value)
{
    /// <summary>The kinds, as people write them.</summary>
    public static IReadOnlyDictionary<string, PersonIdKind> Kinds { get; } = Enum.GetValues<PersonIdKind>().ToDictionary(k => k.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Reads <c>user=4711</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PersonId? id)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var value = equals < 0 ? "" : text[(equals + 1)..].Trim();
        id = value.Length > 0 && Kinds.TryGetValue(text[..equals], out var kind) ? new PersonId(kind, Normal(kind, value)) : null;
        return id is not null;
    }

    internal static string Normal(PersonIdKind kind, string value) => kind == PersonIdKind.Email ? value.Trim().ToLowerInvariant() : value.Trim();

    internal static PersonIdKind? KindOfColumn(Sources.FieldDefinition field) => field.Name switch
    {
        "anonymous_id" => PersonIdKind.Anonymous,
        "device_id" => PersonIdKind.Device,
        "user_id" or "customer_id" => PersonIdKind.User,
        "contact_id" or "crm_id" => PersonIdKind.Crm,
        _ => field.Personal == Sources.PersonalKind.Id ? PersonIdKind.User : null,
    };
}
