using System.Globalization;
using Weir.Generate;

// Writes DAYS of a shop's history, less the last twelve hours, and the three hours after it: DAYS VISITS-A-DAY FOLDER.
var (days, visits, folder) = (int.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
var start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
var shop = new Shop(new ShopOptions { Seed = 3, Start = start, VisitsPerDay = visits, People = Math.Max(3_000, visits * 3) });
var noon = start.AddDays(days).AddHours(-12); // no gap before the new hours: an order that was clicked before it would never come
Write("history", start, noon);
foreach (var source in Shop.Offices)
{
    // One file a source: of a CSV the header stands once.
    var exports = Enumerable.Range(0, days).Select(day => shop.DailyExport(source, new DateOnly(2026, 3, 1).AddDays(day))).Where(export => export.Length > 0);
    using var file = File.Create(Path.Combine(folder, "history", $"{source}.{(source == "operations" ? "csv" : "ndjson")}"));
    foreach (var export in exports) file.Write(export.AsSpan(source == "operations" && file.Length > 0 ? export.AsSpan().IndexOf((byte)'\n') + 1 : 0));
}
for (var hour = 0; hour < 3; hour++)
    Write($"hour-{hour + 1}", noon.AddHours(hour), noon.AddHours(hour + 1));

void Write(string name, DateTimeOffset from, DateTimeOffset to)
{
    Directory.CreateDirectory(Path.Combine(folder, name));
    foreach (var source in new[] { "web", "mobile", "orders" })
        File.WriteAllBytes(Path.Combine(folder, name, $"{source}.ndjson"), shop.Export(source, from, to).Content);
}
