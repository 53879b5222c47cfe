using System.Text;

namespace TrainingHub.Platform.Files;

/// <summary>
/// Cuts text into records as RFC 4180 has it: a cell in quotation marks may hold the separator, line breaks and doubled
/// quotation marks. A record has the number that a spreadsheet gives it, so empty lines count and a line break inside a cell
/// does not: the framework's TextFieldParser skips empty lines without saying how many, so it cannot tell that number.
/// </summary>
internal sealed class CsvRecords(string text, char separator)
{
    private readonly List<string> cells = [];
    private readonly StringBuilder cell = new();
    private int position;

    public int Row { get; private set; }

    public IReadOnlyList<string> Cells => cells;

    /// <summary>What makes the present record unreadable, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>Comma, or semicolon when the first line has more of them (spreadsheets in many countries write it).</summary>
    public static char SeparatorOf(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var header = end < 0 ? text.AsSpan() : text.AsSpan(0, end);
        return header.Count(';') > header.Count(',') ? ';' : ',';
    }

    /// <summary>Goes to the next record. False at the end, and after a record with a fault that leaves the rest unreadable.</summary>
    public bool Read()
    {
        if (position >= text.Length || Fault is not null)
        {
            return false;
        }

        Row++;
        cells.Clear();
        do
        {
            cells.Add(ReadCell());
        }
        while (Fault is null && Take(separator));
        EndLine();
        return true;
    }

    private string ReadCell()
    {
        var start = AfterSpaces();
        if (start < text.Length && text[start] == '"')
        {
            position = start;
            return ReadQuoted();
        }

        var length = text.AsSpan(position).IndexOfAny(separator, '\r', '\n');
        var plain = length < 0 ? text[position..] : text.Substring(position, length);
        position += plain.Length;
        return plain;
    }

    private string ReadQuoted()
    {
        cell.Clear();
        position++;
        while (true)
        {
            var length = text.AsSpan(position).IndexOf('"');
            if (length < 0)
            {
                Fault = "A quotation mark is opened here and never closed.";
                return "";
            }

            cell.Append(text, position, length);
            position += length + 1;
            if (!Take('"'))
            {
                break;
            }

            cell.Append('"');
        }

        position = AfterSpaces();
        if (position < text.Length && text[position] != separator && text[position] is not ('\r' or '\n'))
        {
            Fault = "There is text after a closing quotation mark. Double the quotation marks that belong to the text.";
        }

        return cell.ToString();
    }

    private int AfterSpaces()
    {
        var rest = text.AsSpan(position);
        return position + rest.Length - rest.TrimStart(' ').Length;
    }

    private void EndLine()
    {
        if (Take('\r'))
        {
            Take('\n');
            return;
        }

        Take('\n');
    }

    private bool Take(char expected)
    {
        if (position >= text.Length || text[position] != expected)
        {
            return false;
        }

        position++;
        return true;
    }
}
