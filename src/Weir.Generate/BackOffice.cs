using System.Text;
using System.Text.Json;

namespace Weir.Generate;

/// <summary>What the CRM, the help desk, the ERP and operations export once a day.</summary>
internal sealed class BackOffice(ShopOptions options, IReadOnlyList<Person> people)
{
    private static readonly string[] Subjects = ["Where is my order?", "Wrong size", "Refund not received", "Voucher does not work", "Change of address", "Item arrived broken"];
    private static readonly string[] Priorities = ["low", "normal", "normal", "high"];

    /// <summary>Contacts that are new or changed on a day; on the first day all that exist. NDJSON.</summary>
    public byte[] Contacts(DateOnly day)
    {
        var number = Number(day);
        return Lines(people.Where(p => p.Since == number || (p.Since < number && Rng.For(options.Seed, $"contact{number}", p.Number).Chance(0.01))), (json, person) =>
        {
            var rng = Rng.For(options.Seed, $"stage{number}", person.Number);
            json.WriteString("Id", person.ContactId);
            if (person.IsKnownToSales) json.WriteString("UserId", person.UserId);
            json.WriteString("Name", person.Name);
            json.WriteString("Email", person.Email);
            json.WriteString("City", person.City);
            json.WriteString("Country", person.Country);
            json.WriteString("Stage", person.Number < 90 ? "VIP" : rng.Chance(0.7) ? "Customer" : "Lead");
            json.WriteString("SystemModstamp", Times.Utc(Midnight(day).AddSeconds(rng.Next(86_000))));
        });
    }

    /// <summary>Tickets that were opened or solved on a day; some people still write under the id they had before. NDJSON.</summary>
    public byte[] Tickets(DateOnly day)
    {
        var number = Number(day);
        var opened = Opened(number).Select(t => (Ticket: t, Status: "open"));
        var solved = number < 2 ? [] : Opened(number - 2).Where(t => t % 5 != 0).Select(t => (Ticket: t, Status: "solved"));
        return Lines(opened.Concat(solved), (json, item) =>
        {
            var rng = Rng.For(options.Seed, "ticket", item.Ticket);
            var created = Midnight(options.Start, (int)(item.Ticket / 1_000)).AddSeconds(rng.Next(80_000));
            var person = people[rng.Next(people.Count * 3 / 5)];
            json.WriteNumber("id", item.Ticket);
            json.WriteString("requester", person.FormerUserId ?? person.UserId);
            json.WriteString("subject", rng.Pick(Subjects));
            json.WriteString("priority", rng.Pick(Priorities));
            json.WriteString("status", item.Status);
            json.WriteString("created_at", Times.Utc(created));
            json.WriteString("updated_at", Times.Utc(item.Status == "open" ? created : created.AddDays(2)));
        });
    }

    /// <summary>The catalogue, on the first day. NDJSON.</summary>
    public byte[] Products(DateOnly day) => Number(day) != 0 ? [] : Lines(Catalogue.Products, (json, product) =>
    {
        json.WriteString("sku", product.Sku);
        json.WriteString("name", product.Name);
        json.WriteString("category", product.Category);
        json.WriteNumber("price", product.Price);
        json.WriteString("currency", "EUR");
    });

    /// <summary>Whom operations mapped on a day: some days after somebody came. CSV.</summary>
    public byte[] Mapping(DateOnly day)
    {
        var number = Number(day);
        var mapped = people.Where(p => (p.FormerUserId is not null || !p.IsKnownToSales) && p.Since + 1 + (p.Number % 5) == number).ToList();
        if (mapped.Count == 0) return [];
        var text = new StringBuilder("user_id,former_user_id,contact_id,mapped_at\n");
        foreach (var person in mapped)
            text.Append(person.UserId).Append(',').Append(person.FormerUserId).Append(',').Append(person.ContactId).Append(',').Append(Times.Utc(Midnight(day).AddHours(7))).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private IEnumerable<long> Opened(int number) =>
        Enumerable.Range(0, Rng.For(options.Seed, "tickets", number).Poisson(14)).Select(i => (number * 1_000L) + i);

    private int Number(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(options.Start.UtcDateTime).DayNumber;

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static DateTimeOffset Midnight(DateTimeOffset start, int days) => Midnight(DateOnly.FromDateTime(start.UtcDateTime).AddDays(days));

    private static byte[] Lines<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var output = new MemoryStream();
        foreach (var item in items)
        {
            using (var json = new Utf8JsonWriter(output))
            {
                json.WriteStartObject();
                write(json, item);
                json.WriteEndObject();
            }
            output.WriteByte((byte)'\n');
        }
        return output.ToArray();
    }
}
