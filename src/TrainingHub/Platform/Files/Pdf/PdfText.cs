namespace TrainingHub.Platform.Files;

/// <summary>Breaks text into lines that fit a width.</summary>
internal static class PdfText
{
    /// <summary>At spaces, and within a word only when the word alone is too wide. Line breaks of the text are kept. At least one line.</summary>
    public static IReadOnlyList<string> Lines(string text, double width, Func<string, double> measure)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            Wrap(paragraph, width, measure, lines);
        }

        return lines;
    }

    private static void Wrap(string paragraph, double width, Func<string, double> measure, List<string> lines)
    {
        var line = "";
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (measure(longer) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            line = Rest(word, width, measure, lines);
        }

        lines.Add(line);
    }

    /// <summary>Adds as many full lines as a word that is too wide takes, and returns what is left of it. A pair of surrogates stays together.</summary>
    private static string Rest(string word, double width, Func<string, double> measure, List<string> lines)
    {
        while (measure(word) > width && word.Length > 2)
        {
            var fits = 1;
            while (fits < word.Length - 1 && measure(word[..(fits + 1)]) <= width)
            {
                fits++;
            }

            fits = char.IsHighSurrogate(word[fits - 1]) ? fits + 1 : fits;
            lines.Add(word[..fits]);
            word = word[fits..];
        }

        return word;
    }
}
