import "node:module";
import { resolve } from "node:path";
import { paraglideVitePlugin } from "@inlang/paraglide-js";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "electron-vite";
// electron.vite.config.ts
const here = (path) => resolve(import.meta.dirname, path);
var electron_vite_config_default = defineConfig({
	main: { build: {
		outDir: "out/main",
		target: "node20",
		minify: false,
		rollupOptions: { input: {
			index: here("src-main/app/index.ts"),
			job: here("src-main/jobs/entry.ts"),
			data: here("src-main/services/data-thread-entry.ts"),
			tandem: here("src-main/terminal/index.ts")
		} }
	} },
	preload: { build: {
		outDir: "out/preload",
		rollupOptions: {
			input: { index: here("src-main/preload/index.ts") },
			output: {
				format: "cjs",
				entryFileNames: "[name].cjs"
			}
		}
	} },
	renderer: {
		root: "src-renderer",
		plugins: [paraglideVitePlugin({
			project: here("src-renderer/i18n/project.inlang"),
			outdir: here("src-renderer/i18n/generated"),
			strategy: ["globalVariable", "baseLocale"]
		}), svelte()],
		build: {
			outDir: "out/renderer",
			minify: true,
			rollupOptions: { input: { index: here("src-renderer/index.html") } }
		}
	}
});
export { electron_vite_config_default as default };

//# sourceMappingURL=data:application/json;charset=utf-8;base64,eyJ2ZXJzaW9uIjozLCJmaWxlIjoiZWxlY3Ryb24udml0ZS5jb25maWcuanMiLCJuYW1lcyI6W10sInNvdXJjZXMiOlsiL3dvcmsvcXVhbGl0eS9lbGVjdHJvbi52aXRlLmNvbmZpZy50cyJdLCJzb3VyY2VzQ29udGVudCI6WyIvKiogQnVpbGRzIHRoZSB0aHJlZSBzaWRlczogbWFpbiAod2l0aCB0aGUgam9iIHByb2Nlc3MgYW5kIHRoZSB0ZXJtaW5hbCBhcyBlbnRyaWVzIG9mIHRoZWlyIG93biksIHByZWxvYWQsIHJlbmRlcmVyLiAqL1xuaW1wb3J0IHsgcmVzb2x2ZSB9IGZyb20gJ25vZGU6cGF0aCc7XG5pbXBvcnQgeyBwYXJhZ2xpZGVWaXRlUGx1Z2luIH0gZnJvbSAnQGlubGFuZy9wYXJhZ2xpZGUtanMnO1xuaW1wb3J0IHsgc3ZlbHRlIH0gZnJvbSAnQHN2ZWx0ZWpzL3ZpdGUtcGx1Z2luLXN2ZWx0ZSc7XG5pbXBvcnQgeyBkZWZpbmVDb25maWcgfSBmcm9tICdlbGVjdHJvbi12aXRlJztcblxuY29uc3QgaGVyZSA9IChwYXRoOiBzdHJpbmcpID0+IHJlc29sdmUoaW1wb3J0Lm1ldGEuZGlybmFtZSwgcGF0aCk7XG5cbmV4cG9ydCBkZWZhdWx0IGRlZmluZUNvbmZpZyh7XG4gIG1haW46IHtcbiAgICBidWlsZDoge1xuICAgICAgb3V0RGlyOiAnb3V0L21haW4nLFxuICAgICAgdGFyZ2V0OiAnbm9kZTIwJyxcbiAgICAgIG1pbmlmeTogZmFsc2UsXG4gICAgICByb2xsdXBPcHRpb25zOiB7XG4gICAgICAgIGlucHV0OiB7XG4gICAgICAgICAgaW5kZXg6IGhlcmUoJ3NyYy1tYWluL2FwcC9pbmRleC50cycpLFxuICAgICAgICAgIGpvYjogaGVyZSgnc3JjLW1haW4vam9icy9lbnRyeS50cycpLFxuICAgICAgICAgIGRhdGE6IGhlcmUoJ3NyYy1tYWluL3NlcnZpY2VzL2RhdGEtdGhyZWFkLWVudHJ5LnRzJyksXG4gICAgICAgICAgdGFuZGVtOiBoZXJlKCdzcmMtbWFpbi90ZXJtaW5hbC9pbmRleC50cycpLFxuICAgICAgICB9LFxuICAgICAgfSxcbiAgICB9LFxuICB9LFxuICBwcmVsb2FkOiB7XG4gICAgYnVpbGQ6IHtcbiAgICAgIG91dERpcjogJ291dC9wcmVsb2FkJyxcbiAgICAgIHJvbGx1cE9wdGlvbnM6IHtcbiAgICAgICAgaW5wdXQ6IHsgaW5kZXg6IGhlcmUoJ3NyYy1tYWluL3ByZWxvYWQvaW5kZXgudHMnKSB9LFxuICAgICAgICAvLyBBIHNhbmRib3hlZCBwcmVsb2FkIG11c3QgYmUgb25lIENvbW1vbkpTIGZpbGUuXG4gICAgICAgIG91dHB1dDogeyBmb3JtYXQ6ICdjanMnLCBlbnRyeUZpbGVOYW1lczogJ1tuYW1lXS5janMnIH0sXG4gICAgICB9LFxuICAgIH0sXG4gIH0sXG4gIHJlbmRlcmVyOiB7XG4gICAgcm9vdDogJ3NyYy1yZW5kZXJlcicsXG4gICAgcGx1Z2luczogW1xuICAgICAgcGFyYWdsaWRlVml0ZVBsdWdpbih7XG4gICAgICAgIHByb2plY3Q6IGhlcmUoJ3NyYy1yZW5kZXJlci9pMThuL3Byb2plY3QuaW5sYW5nJyksXG4gICAgICAgIG91dGRpcjogaGVyZSgnc3JjLXJlbmRlcmVyL2kxOG4vZ2VuZXJhdGVkJyksXG4gICAgICAgIHN0cmF0ZWd5OiBbJ2dsb2JhbFZhcmlhYmxlJywgJ2Jhc2VMb2NhbGUnXSxcbiAgICAgIH0pLFxuICAgICAgc3ZlbHRlKCksXG4gICAgXSxcbiAgICBidWlsZDoge1xuICAgICAgb3V0RGlyOiAnb3V0L3JlbmRlcmVyJyxcbiAgICAgIG1pbmlmeTogdHJ1ZSxcbiAgICAgIHJvbGx1cE9wdGlvbnM6IHsgaW5wdXQ6IHsgaW5kZXg6IGhlcmUoJ3NyYy1yZW5kZXJlci9pbmRleC5odG1sJykgfSB9LFxuICAgIH0sXG4gIH0sXG59KTtcbiJdLCJtYXBwaW5ncyI6Ijs7Ozs7O0FBTUEsTUFBTSxRQUFRLFNBQWlCLFFBQVEsWUFBWSxTQUFTLElBQUk7QUFFaEUsSUFBQSwrQkFBZSxhQUFhO0NBQzFCLE1BQU0sRUFDSixPQUFPO0VBQ0wsUUFBUTtFQUNSLFFBQVE7RUFDUixRQUFRO0VBQ1IsZUFBZSxFQUNiLE9BQU87R0FDTCxPQUFPLEtBQUssdUJBQXVCO0dBQ25DLEtBQUssS0FBSyx3QkFBd0I7R0FDbEMsTUFBTSxLQUFLLHdDQUF3QztHQUNuRCxRQUFRLEtBQUssNEJBQTRCO0VBQzNDLEVBQ0Y7Q0FDRixFQUNGO0NBQ0EsU0FBUyxFQUNQLE9BQU87RUFDTCxRQUFRO0VBQ1IsZUFBZTtHQUNiLE9BQU8sRUFBRSxPQUFPLEtBQUssMkJBQTJCLEVBQUU7R0FFbEQsUUFBUTtJQUFFLFFBQVE7SUFBTyxnQkFBZ0I7R0FBYTtFQUN4RDtDQUNGLEVBQ0Y7Q0FDQSxVQUFVO0VBQ1IsTUFBTTtFQUNOLFNBQVMsQ0FDUCxvQkFBb0I7R0FDbEIsU0FBUyxLQUFLLGtDQUFrQztHQUNoRCxRQUFRLEtBQUssNkJBQTZCO0dBQzFDLFVBQVUsQ0FBQyxrQkFBa0IsWUFBWTtFQUMzQyxDQUFDLEdBQ0QsT0FBTyxDQUNUO0VBQ0EsT0FBTztHQUNMLFFBQVE7R0FDUixRQUFRO0dBQ1IsZUFBZSxFQUFFLE9BQU8sRUFBRSxPQUFPLEtBQUsseUJBQXlCLEVBQUUsRUFBRTtFQUNyRTtDQUNGO0FBQ0YsQ0FBQyJ9