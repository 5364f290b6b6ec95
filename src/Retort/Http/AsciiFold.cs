using System.Globalization;
using System.Text;

namespace Retort.Http;

/// <summary>
/// The ASCII part of a text's compatibility decomposition (Unicode 14 NFKD): <c>é</c> is <c>e</c>, <c>ﬁ</c> is <c>fi</c>, <c>日</c> is nothing.
/// A table, because string.Normalize does nothing beyond ASCII in an app with invariant globalization, and file names must not depend on that.
/// </summary>
internal static class AsciiFold
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // Runs of code points from the first one on, one character each; a dot in the middle stands for none, ␠ for a space.
    private const string Single = """
        A0 ␠ | A8 ␠·a | AF ␠··23␠···␠1o
        C0 AAAAAA·CEEEEIIII·NOOOOO··UUUUY··aaaaaa·ceeeeiiii·nooooo··uuuuy·yAaAaAaCcCcCcCcDd··EeEeEeEeEeGgGgGgGgHh··IiIiIiIiI···JjKk
        138 ·LlLlLlLl··NnNnNnn··OoOoOo··RrRrRrSsSsSsSsTtTt··UuUuUuUuUuUuWwYyYZzZzZzs | 1A0 Oo | 1AF Uu | 1CD AaIiOoUuUuUuUuUu·AaAa
        1E6 GgKkOoOo··j···Gg··NnAa | 200 AaAaEeEeIiIiOoOoRrRrUuUuSsTt··Hh | 226 AaEeOoOoOoOoYy | 2B0 h·jr···wy | 2D8 ␠␠␠␠␠␠···lsx
        37A ␠···; | 384 ␠␠ | 1D2C A·B·DE·GHIJKLMN·O·PRTUWa···bde···g·km·o···ptu··v | 1D62 iruv | 1D9C c···f | 1DBB z
        1E00 AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMmMmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUu
        1E78 UuUuVvVvWwWwWwWwWwXxXxYyZzZzZzhtwyas
        1EA0 AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy | 1FBD ␠·␠␠␠ | 1FCD ␠␠␠
        1FDD ␠␠␠ | 1FED ␠␠` | 1FFD ␠␠·␠␠␠␠␠␠␠␠␠␠␠ | 2017 ␠ | 2024 . | 202F ␠ | 203E ␠ | 205F ␠
        2070 0i··456789+·=()n0123456789+·=()·aeox·hklmnpst | 2102 CC | 2109 FgHHHh·IILl·N···PQRRR | 2124 Z···Z·KABC·eEF·Mo | 2139 i
        2145 Ddeij | 215F 1I···V | 2169 X··LCDMi···v | 2179 x··lcdm | 2260 = | 226E <> | 2460 123456789 | 24EA 0 | 2C7C jV | 3000 ␠
        309B ␠␠ | 32C0 123456789 | 3358 0123456789 | 3382 A | 338C Fg | 3395 l | 339B m | 33B2 s···V | 33BC W···kM | 33E0 123456789
        A7F2 CFQ | FB29 + | FC5E ␠␠␠␠␠␠ | FDFB ␠ | FE10 ,··:;!? | FE33 __(){} | FE47 []␠␠␠␠___,·.·;:?!·(){}··#&*+-<>=·\$%@
        FE70 ␠·␠·␠·␠·␠·␠·␠·␠ | FFE3 ␠ | 107A5 q | 1F12A SCR···ABCDEFGHIJKLMNOPQRSTUVWXYZ | 1FBF0 0123456789
        """;

    // The same with texts of several characters.
    private const string Several = """
        BC 14 12 34 | 132 IJ ij | 1C4 DZ Dz dz LJ Lj lj NJ Nj nj | 1F1 DZ Dz dz | 2025 .. ... | 203C !! | 2047 ?? ?! !? | 20A8 Rs
        2100 a/c a/s | 2105 c/o c/u | 2116 No | 2120 SM TEL TM | 213B FAX | 2150 17 19 110 13 23 15 25 35 45 16 56 18 38 58 78
        2161 II III IV | 2165 VI VII VIII IX | 216A XI XII | 2171 ii iii iv | 2175 vi vii viii ix | 217A xi xii | 2189 03
        2469 10 11 12 13 14 15 16 17 18 19 20 (1) (2) (3) (4) (5) (6) (7) (8) (9) (10) (11) (12) (13) (14) (15) (16) (17) (18)
        2486 (19) (20) 1. 2. 3. 4. 5. 6. 7. 8. 9. 10. 11. 12. 13. 14. 15. 16. 17. 18. 19. 20. (a) (b) (c) (d) (e) (f) (g) (h) (i)
        24A5 (j) (k) (l) (m) (n) (o) (p) (q) (r) (s) (t) (u) (v) (w) (x) (y) (z) | 2A74 ::= == ===
        3200 () () () () () () () () () () () () () () () () () () () () () () () () () () () () () () ()
        3220 () () () () () () () () () () () () () () () () () () () () () () () () () () () () () () () () () () () ()
        3250 PTE 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 | 32B1 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50
        32C9 10 11 12 Hg erg eV LTD | 3362 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 hPa da AU bar oV pc dm dm2 dm3 IU | 3380 pA nA
        3383 mA kA KB MB GB cal kcal pF nF | 338E mg kg Hz kHz MHz GHz THz | 3396 ml dl kl fm nm
        339C mm cm km mm2 cm2 m2 km2 mm3 cm3 m3 km3 ms ms2 Pa kPa MPa GPa rad rads rads2 ps ns | 33B3 ms pV nV | 33B7 mV kV MV pW nW
        33BD mW kW MW | 33C2 a.m. Bq cc cd Ckg Co. dB Gy ha HP in KK KM kt lm ln log lx mb mil mol PH p.m. PPM PR sr Sv Wb Vm Am
        33E9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 gal | FB00 ff fi fl ffi ffl st st | FDFA ␠␠␠ | FE19 ...
        FE30 .. | 1F100 0. 0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
        1F110 (A) (B) (C) (D) (E) (F) (G) (H) (I) (J) (K) (L) (M) (N) (O) (P) (Q) (R) (S) (T) (U) (V) (W) (X) (Y) (Z) | 1F12D CD WZ
        1F14A HV MV SD SS PPV WC | 1F16A MC MD MR | 1F190 DJ
        """;

    private static readonly Dictionary<int, string> Table = ReadTable();

    /// <summary>The text with everything that has no ASCII in it left out.</summary>
    public static string Apply(string text)
    {
        if (System.Text.Ascii.IsValid(text)) return text;
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii) folded.Append((char)rune.Value);
            else folded.Append(Table.GetValueOrDefault(rune.Value) ?? FromAlphabet(rune.Value));
        }
        return folded.ToString();
    }

    // Circled, full-width and mathematical letters and digits stand in order.
    private static string FromAlphabet(int c) => c switch
    {
        >= 0x24B6 and <= 0x24E9 => Letters[c - 0x24B6].ToString(),
        >= 0xFF01 and <= 0xFF5E => ((char)(c - 0xFF01 + '!')).ToString(),
        >= 0x1D400 and <= 0x1D6A3 => Letters[(c - 0x1D400) % 52].ToString(),
        >= 0x1D7CE and <= 0x1D7FF => ((char)('0' + (c - 0x1D7CE) % 10)).ToString(),
        _ => "",
    };

    private static Dictionary<int, string> ReadTable()
    {
        var table = new Dictionary<int, string>();
        foreach (var run in Single.Split([" | ", "\n"], StringSplitOptions.None).Select(run => run.Split(' ', 2)))
        {
            for (var i = 0; i < run[1].Length; i++)
            {
                if (run[1][i] != '·') table[First(run) + i] = run[1][i] == '␠' ? " " : run[1][i].ToString();
            }
        }
        foreach (var run in Several.Split([" | ", "\n"], StringSplitOptions.None).Select(run => run.Split(' ')))
        {
            for (var i = 1; i < run.Length; i++) table[First(run) + i - 1] = run[i].Replace('␠', ' ');
        }
        return table;
    }

    private static int First(string[] run) => int.Parse(run[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
