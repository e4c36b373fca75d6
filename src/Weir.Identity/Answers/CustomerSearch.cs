using System.Diagnostics.CodeAnalysis;
using Weir.DuckDb;
using Weir.Identity.Stage;

namespace Weir.Identity.Answers;

/// <summary>Finds what a person typed in the tables.</summary>
internal sealed class CustomerSearch(DuckDBConnection connection, IdentityRules rules, Func<string, string> hash)
{
    /// <exception cref="WeirException">WEIR7113: nobody is known by it.</exception>
    public IdText Find(string text) => TryFind(text, out var id) ? id : throw IdentityErrors.Unknown(text);

    /// <summary>The customer that a strong id belongs to, or a retired one leads to.</summary>
    public string CustomerOf(IdText id, string text) =>
        connection.Scalar<string>("SELECT customer_id FROM identity.strong_ids WHERE id = ?", id.Key) ?? throw IdentityErrors.Unknown(text);

    private bool TryFind(string text, [NotNullWhen(true)] out IdText? id)
    {
        id = IdText.Parse(text, rules, hash);
        return id is not null && StateTables.Exist(connection)
            && connection.Scalar<long>($"SELECT count(*) FROM identity.{(id.IsStrong ? "strong_ids" : "weak_ids")} WHERE id = ? AND customer_id IS NOT NULL", id.Key) > 0;
    }
}
