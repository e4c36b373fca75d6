using System.Text;
using Weir.Land.Evaluate;

namespace Weir.Tests.Land.Evaluate;

/// <summary>The table was made with Python's <c>json</c>, a parser of other people (<c>json-cases.py</c>).</summary>
public class JsonValidityTests
{
    [Fact]
    public void Texts_are_valid_exactly_where_another_strict_parser_says_so()
    {
        var check = new JsonCheck(64);
        var different = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Land", "Evaluate", "json-cases.tsv")))
        {
            count++;
            var parts = line.Split('\t');
            var text = Convert.FromBase64String(parts[0]);
            if (check.Find(text) is null != (parts[1] == "valid")) different.Add($"{Encoding.UTF8.GetString(text)} ({parts[1]})");
        }
        different.ShouldBeEmpty();
        count.ShouldBeGreaterThan(1500);
    }
}
