using Weir.DuckDb;
using Weir.Identity.Answers;

namespace Weir.Identity;

/// <summary>Why an id belongs to a customer.</summary>
/// <param name="Step">Its place in the chain from the id that was asked for to the one that names the customer, from 1; null: it is another id of the customer.</param>
/// <param name="Id">The id, <c>kind=value</c>.</param>
/// <param name="Through">The id it was seen together with; null: it names the customer.</param>
/// <param name="From">Since when it belongs to the customer: the time of the evidence, of a weak id the beginning of the customer's time.</param>
/// <param name="To">Of a weak id the end of that time; null: it has none.</param>
/// <param name="Evidence">The table of the lake in which both stand in a row.</param>
/// <param name="Source">The row's source.</param>
/// <param name="Stream">The row's stream.</param>
/// <param name="Position">The row's position.</param>
/// <param name="Customer">The customer.</param>
public sealed record ExplainedId(int? Step, string Id, string? Through, DateTime? From, DateTime? To, string? Evidence, string? Source, string? Stream, long? Position, string Customer);

/// <summary>Answers why ids are one customer, out of the tables in a warehouse.</summary>
public sealed class CustomerExplanation(DuckDBConnection connection, IdentityRules rules, Func<string, string> hashEmail)
{
    private static readonly DateTime Ever = new(9000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Explains an id: <c>kind=value</c>, or a key. Of a weak one: whose it is, in which time; else every id of the customer with the evidence that ties it to the next one.</summary>
    /// <exception cref="WeirException">WEIR7113: nobody is known by it.</exception>
    public IReadOnlyList<ExplainedId> Explain(string text)
    {
        var search = new CustomerSearch(connection, rules, hashEmail);
        var id = search.Find(text);
        if (!id.IsStrong) return Weak("w.id = ?", id.Key);
        var customer = search.CustomerOf(id, text);
        return [.. Strong(customer, id.Key), .. Weak("w.customer_id = ?", customer)];
    }

    private List<ExplainedId> Strong(string customer, string asked)
    {
        var ids = connection.Query("SELECT id, kind || '=' || id_value, first_seen_at FROM identity.strong_ids WHERE customer_id = ? ORDER BY first_seen_at, id", r => (Key: r.GetString(0), Id: r.GetString(1), At: r.GetDateTime(2)), customer);
        var names = ids.ToDictionary(i => i.Key, i => i.Id, StringComparer.Ordinal);
        var links = connection.Query("SELECT left_id, right_id, merged_at, evidence, source, _stream, _position FROM identity.customer_merges WHERE customer_id = ? ORDER BY merged_at, left_id, right_id",
            r => new Link(r.GetString(0), r.GetString(1), r.GetDateTime(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt64(6)), customer);
        // The merges are a tree over the ids; seen from the one that names the customer each other id has one link towards it.
        var towards = new Dictionary<string, Link?>(StringComparer.Ordinal) { [customer] = null };
        var waiting = new Queue<string>([customer]);
        while (waiting.TryDequeue(out var at))
            foreach (var link in links.Where(l => l.Left == at || l.Right == at))
                if (towards.TryAdd(link.Other(at), link)) waiting.Enqueue(link.Other(at));
        var chain = new List<string>();
        for (var at = asked; ; at = towards[at]!.Other(at))
        {
            chain.Add(at);
            if (towards[at] is null) break;
        }
        ExplainedId Row(string key, int? step, DateTime first) => towards[key] is { } link
            ? new ExplainedId(step, names[key], names[link.Other(key)], link.At, null, link.Evidence, link.Source, link.Stream, link.Position, customer)
            : new ExplainedId(step, names[key], null, first, null, null, null, null, null, customer);
        var firsts = ids.ToDictionary(i => i.Key, i => i.At, StringComparer.Ordinal);
        return [.. chain.Select((key, n) => Row(key, n + 1, firsts[key])), .. ids.Where(i => !chain.Contains(i.Key)).Select(i => Row(i.Key, null, i.At))];
    }

    private IReadOnlyList<ExplainedId> Weak(string condition, string value) => connection.Query($"""
        SELECT w.kind || '=' || w.id_value, s.kind || '=' || s.id_value, w.first_seen_at, w.valid_to, w.evidence, w.source, w._stream, w._position, w.customer_id
        FROM identity.weak_ids AS w JOIN identity.strong_ids AS s ON s.id = w.strong_id WHERE {condition} AND w.customer_id IS NOT NULL ORDER BY w.kind, w.id_value, w.valid_from
        """, r => new ExplainedId(null, r.GetString(0), r.GetString(1), r.GetDateTime(2), r.GetDateTime(3) is var to && to < Ever ? to : null, r.GetString(4), r.GetString(5), r.GetString(6), r.GetInt64(7), r.GetString(8)), value);

    private sealed record Link(string Left, string Right, DateTime At, string Evidence, string Source, string Stream, long Position)
    {
        public string Other(string id) => id == Left ? Right : Left;
    }
}
