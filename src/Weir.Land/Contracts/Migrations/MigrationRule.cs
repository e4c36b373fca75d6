using System.Text.Json.Nodes;

namespace Weir.Land.Contracts.Migrations;

/// <summary>One change on the way from a version to the next. Where its field was not sent, or is null, it does nothing.</summary>
/// <param name="kind">Its name in the file.</param>
/// <param name="about">The field it is about.</param>
internal abstract class MigrationRule(string kind, FieldPath about)
{
    public FieldPath Field => about;

    /// <summary>The columns that it reads or writes.</summary>
    public virtual IEnumerable<string> Columns => [about.Column];

    /// <summary>Changes an event; null, or why that cannot be: where and what was expected, never a value.</summary>
    public string? Apply(JsonObject root, ImputedFields imputed)
    {
        foreach (var scope in Fields.Scopes(root, about))
            if (ApplyTo(scope, imputed) is { } fault) return $"$.{about}: {kind}: {fault}";
        return null;
    }

    /// <summary>Changes the object in which the field's last names are looked up; null, or what was expected.</summary>
    private protected abstract string? ApplyTo(JsonObject scope, ImputedFields imputed);

    /// <summary>Puts a value where there must be none yet; null, or what was expected.</summary>
    private protected static string? Put(JsonObject scope, FieldPath to, JsonNode? value)
    {
        if (Fields.Get(scope, to.Names) is { } taken && !Fields.AreEqual(taken, value)) return $"expected nothing in {to}, but it has another value already";
        return Fields.Set(scope, to.Names, value) ? null : $"{to} lies in something that is no object";
    }
}
