using System.Text;

namespace Weir.Models.Materialize;

/// <summary>Splits a seed's CSV (RFC 4180) into records, each with its line, to look at the values; DuckDB loads the file itself.</summary>
internal static class SeedCsv
{
    /// <exception cref="WeirException">WEIR7023: a quote is not closed.</exception>
    public static List<(int Line, List<string> Fields)> Read(string text, char delimiter)
    {
        var records = new List<(int, List<string>)>();
        var fields = new List<string>();
        var field = new StringBuilder();
        var (line, start, quoted, any, opened) = (1, 1, false, false, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
                line++;
            if (quoted)
            {
                if (c != '"')
                    field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[++i]);
                else
                    quoted = false;
            }
            else if (c == '"' && field.Length == 0)
            {
                (quoted, any, opened) = (true, true, line);
            }
            else if (c == delimiter)
            {
                EndField();
                any = true;
            }
            else if (c == '\n')
            {
                EndRecord();
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        if (quoted)
            throw new WeirException("WEIR7023", $"the quote that opens in line {opened} is never closed: what follows is read as one value. Close it, or double a quote that belongs to the text.");
        EndRecord();
        return records;

        void EndField()
        {
            fields.Add(field.ToString());
            field.Clear();
        }

        void EndRecord()
        {
            if (any || field.Length > 0 || fields.Count > 0)
            {
                EndField();
                records.Add((start, fields));
                fields = [];
            }

            (start, any) = (line, false);
        }
    }
}
